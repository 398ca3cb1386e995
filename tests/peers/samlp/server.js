// An identity provider made of the npm package samlp, on loopback.
// `workspace_tests::peers` starts it, and says in PEER_FOLDER where its keys, people and settings are.
"use strict";

const crypto = require("crypto");
const { promisify } = require("util");
const express = require("express");
const samlp = require("samlp");
const folder = require("./folder");
const loginPage = require("./login_page");
const logout = require("./logout");
const mapper = require("./mapper");

const { cert, key } = folder;
const parse = promisify(samlp.parseRequest);

// One browser a provider, so one session.
let person = null;

const issuer = (req) => `urn:example:samlp:${req.socket.localPort}`;

/** Who asks and whether they may: by the request, or by `?sp=` if the login begins here. */
async function audience(req, settings) {
  if (req.query.sp) return folder.serviceProvider(req.query.sp);
  const request = await parse(req, {});
  if (!request) throw new Error("neither a request nor the name of a service provider");
  const sp = folder.serviceProvider(request.issuer);
  if (settings.require_signed_requests) await parse(req, { signingCert: sp.certificate("signing") });
  return sp;
}

function encryption(sp) {
  const pem = sp.certificate("encryption");
  const spki = crypto.createPublicKey(pem).export({ type: "spki", format: "pem" });
  return { encryptionCert: pem, encryptionPublicKey: spki };
}

async function singleSignOn(req, res, next) {
  const settings = folder.settings();
  const sp = await audience(req, settings);
  const { username, password } = req.body || {};
  if (username) person = folder.person(username, password);
  if (!person) return res.send(loginPage(req));

  const sessionIndex = `_${crypto.randomBytes(16).toString("hex")}`;
  logout.remember(sp, { sessionIndex, ...mapper(person).getNameIdentifier() });
  const answer = samlp.auth({
    issuer: issuer(req),
    cert,
    key,
    audience: sp.entityId,
    recipient: sp.acsUrl,
    destination: sp.acsUrl,
    getPostURL: (_audience, _request, _req, done) => done(null, sp.acsUrl),
    getUserFromRequest: () => person,
    profileMapper: mapper,
    sessionIndex,
    lifetimeInSeconds: 300,
    signAssertion: settings.sign_assertion,
    signResponse: settings.sign_response,
    ...(settings.encrypt ? encryption(sp) : {}),
  });
  return answer(req, res, next);
}

function metadata(req, res, next) {
  const { post_binding_only } = folder.settings();
  const send = res.send.bind(res);
  // The package always states both bindings.
  const redirect = /<SingleSignOnService [^>]*HTTP-Redirect[^>]*>/;
  res.send = (xml) => send(post_binding_only ? xml.replace(redirect, "") : xml);
  const answer = samlp.metadata({
    issuer: issuer(req),
    cert,
    redirectEndpointPath: "/sso",
    postEndpointPath: "/sso",
    logoutEndpointPaths: { redirect: "/slo", post: "/slo" },
    profileMapper: mapper,
  });
  return answer(req, res, next);
}

const signOut = (done) => {
  person = null;
  done();
};
const singleLogout = (req, res, next) => logout.answer({ issuer: issuer(req), cert, key, signOut })(req, res, next);

const app = express();
app.use(express.urlencoded({ extended: false }));
app.get("/metadata", metadata);
app.all("/sso", (req, res, next) => singleSignOn(req, res, next).catch(next));
app.all("/slo", singleLogout);

const server = app.listen(0, "127.0.0.1", () => {
  console.error(`listening on http://127.0.0.1:${server.address().port}`);
});
