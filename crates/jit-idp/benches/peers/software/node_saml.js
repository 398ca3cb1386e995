// Verifies one response as often as it is told to, with node-saml.
//
// The first line of the input is what the response has to agree with, in JSON.
// Each further line is a kind of work and a number; the answer is a line when it is done.

const { SAML } = require("@node-saml/node-saml");
const lines = require("readline").createInterface({ input: process.stdin });

async function main() {
  let told;
  let saml;
  for await (const line of lines) {
    if (!told) {
      told = JSON.parse(line);
      saml = new SAML({
        idpCert: told.certificate,
        idpIssuer: told.idp,
        issuer: told.service,
        audience: told.service,
        callbackUrl: told.acs,
        wantAssertionsSigned: true,
        wantAuthnResponseSigned: false,
      });
      continue;
    }
    for (let times = Number(line.split(" ")[1]); times > 0; times--) {
      const { profile } = await saml.validatePostResponseAsync({ SAMLResponse: told.response });
      if (profile.nameID !== told.name_id) throw new Error("somebody else");
    }
    console.log("done");
  }
}

main();
