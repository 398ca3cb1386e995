// The page for name and password. It posts to the address it was asked at, with what came in the body.
"use strict";

const escapes = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;" };
const escape = (text) => text.replace(/[&<>"]/g, (char) => escapes[char]);

module.exports = (req) => {
  const kept = Object.entries(req.body || {});
  const hidden = kept.map(([name, value]) => `<input type="hidden" name="${escape(name)}" value="${escape(value)}">`);
  return `<!DOCTYPE html><html lang="en"><title>Sign in</title>
<form method="post" action="${escape(req.originalUrl)}">
${hidden.join("\n")}
<label>Name <input name="username"></label>
<label>Password <input name="password" type="password"></label>
<button type="submit">Sign in</button>
</form></html>`;
};
