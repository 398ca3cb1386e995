// Single logout, by the redirect binding.
"use strict";

const crypto = require("crypto");
const samlp = require("samlp");
const Participants = require("samlp/lib/sessionParticipants");

const REDIRECT = "urn:oasis:names:tc:SAML:2.0:bindings:HTTP-Redirect";

const sessions = [];
const participants = new Participants(sessions);

/** What a logout under way has to know again, by a handle. */
const underWay = new Map();
const store = {
  save(_req, state, done) {
    const handle = crypto.randomBytes(8).toString("hex");
    underWay.set(handle, state);
    done(null, handle);
  },
  update(_req, handle, state, done) {
    underWay.set(handle, state);
    done(null, handle);
  },
  load(_req, handle, options, done = options) {
    const state = underWay.get(handle);
    if (options.destroy) underWay.delete(handle);
    done(null, state);
  },
};

/** One session each: the newest. Service providers without an address for logouts are not told. */
function remember(sp, { sessionIndex, nameIdentifier, nameIdentifierFormat }) {
  const before = sessions.findIndex((session) => session.serviceProviderId === sp.entityId);
  if (before >= 0) sessions.splice(before, 1);
  if (!sp.logoutUrl) return;
  sessions.push({
    serviceProviderId: sp.entityId,
    sessionIndex,
    nameId: nameIdentifier,
    nameIdFormat: nameIdentifierFormat,
    serviceProviderLogoutURL: sp.logoutUrl,
    binding: REDIRECT,
    // Unsigned messages are not taken.
    cert: sp.certificate("signing"),
  });
}

const answer = ({ issuer, cert, key, signOut }) =>
  samlp.logout({
    issuer,
    cert,
    key,
    deflate: true,
    protocolBinding: REDIRECT,
    signatureAlgorithm: "rsa-sha256",
    digestAlgorithm: "sha256",
    sessionParticipants: participants,
    store,
    clearIdPSession: signOut,
  });

module.exports = { answer, remember };
