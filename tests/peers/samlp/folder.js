// What the test has put into the folder of this provider.
"use strict";

const fs = require("fs");
const path = require("path");
const { DOMParser } = require("@auth0/xmldom");

const METADATA = "urn:oasis:names:tc:SAML:2.0:metadata";
const DSIG = "http://www.w3.org/2000/09/xmldsig#";

const folder = process.env.PEER_FOLDER;
const read = (name) => fs.readFileSync(path.join(folder, name), "utf8");
const json = (name) => JSON.parse(read(name));

function person(user, password) {
  const found = json("people.json").find((person) => person.user === user && person.password === password);
  if (!found) throw new Error("wrong name or password");
  return found;
}

/** A service provider by its own metadata, as an administrator would upload it. */
function serviceProvider(entityId) {
  const files = fs.readdirSync(folder).filter((name) => /^sp-.*\.xml$/.test(name));
  const roots = files.map((name) => new DOMParser().parseFromString(read(name)).documentElement);
  const root = roots.find((root) => root.getAttribute("entityID") === entityId);
  if (!root) throw new Error(`unknown service provider: ${entityId}`);
  const all = (name) => Array.from(root.getElementsByTagNameNS(METADATA, name));
  const location = (name) => all(name).map((endpoint) => endpoint.getAttribute("Location"))[0];
  return {
    entityId,
    acsUrl: location("AssertionConsumerService"),
    logoutUrl: location("SingleLogoutService"),
    /** The certificate for that use as PEM. */
    certificate(use) {
      const usable = all("KeyDescriptor").find((key) => ["", use].includes(key.getAttribute("use")));
      if (!usable) throw new Error(`the metadata of ${entityId} has no certificate for ${use}`);
      const base64 = usable.getElementsByTagNameNS(DSIG, "X509Certificate")[0].textContent.replace(/\s/g, "");
      return `-----BEGIN CERTIFICATE-----\n${base64.match(/.{1,64}/g).join("\n")}\n-----END CERTIFICATE-----\n`;
    },
  };
}

module.exports = {
  cert: read("idp.crt"),
  key: read("idp.key"),
  // Read for each request: a test may switch something at any time.
  settings: () => json("settings.json"),
  person,
  serviceProvider,
};
