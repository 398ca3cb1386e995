"""Verifies one response as often as it is told to, with python3-saml.

The first line of the input is what the response has to agree with, in JSON.
Each further line is a kind of work and a number; the answer is a line when it is done.
"""

import base64
import json
import sys

import xmlsec
from lxml import etree
from onelogin.saml2.response import OneLogin_Saml2_Response
from onelogin.saml2.settings import OneLogin_Saml2_Settings

told = json.loads(sys.stdin.readline())
settings = OneLogin_Saml2_Settings(
    {
        "strict": True,
        "sp": {
            "entityId": told["service"],
            "assertionConsumerService": {"url": told["acs"]},
        },
        "idp": {
            "entityId": told["idp"],
            "singleSignOnService": {"url": told["idp"]},
            "x509cert": told["certificate"],
        },
        "security": {"wantAssertionsSigned": True},
    }
)
host, _, path = told["acs"].removeprefix("https://").partition("/")
request = {"https": "on", "http_host": host, "script_name": "/" + path}


def everything():
    response = OneLogin_Saml2_Response(settings, told["response"])
    if not response.is_valid(request, told["request"], raise_exceptions=True):
        raise SystemExit(response.get_error())
    if response.get_nameid() != told["name_id"] or not response.get_attributes():
        raise SystemExit("somebody else")


key = xmlsec.Key.from_memory(
    "-----BEGIN CERTIFICATE-----\n%s\n-----END CERTIFICATE-----\n" % told["certificate"],
    xmlsec.KeyFormat.CERT_PEM,
)


def signature():
    tree = etree.fromstring(base64.b64decode(told["response"]))
    assertion = tree.find("{*}Assertion")
    context = xmlsec.SignatureContext()
    context.key = key
    context.register_id(assertion, "ID")
    context.verify(xmlsec.tree.find_child(assertion, xmlsec.Node.SIGNATURE))


for line in sys.stdin:
    kind, times = line.split()
    for _ in range(int(times)):
        {"everything": everything, "signature": signature}[kind]()
    print("done", flush=True)
