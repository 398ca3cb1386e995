// What the assertion says of a person, under the names that Entra ID uses.
"use strict";

module.exports = function mapper(person) {
  return {
    getClaims: () => ({
      "http://schemas.xmlsoap.org/ws/2005/05/identity/claims/name": person.display_name,
      "http://schemas.xmlsoap.org/ws/2005/05/identity/claims/emailaddress": person.email,
      "http://schemas.microsoft.com/ws/2008/06/identity/claims/groups": person.groups,
    }),
    getNameIdentifier: () => ({
      nameIdentifier: person.user,
      nameIdentifierFormat: "urn:oasis:names:tc:SAML:1.1:nameid-format:emailAddress",
    }),
  };
};
module.exports.prototype.metadata = [];
