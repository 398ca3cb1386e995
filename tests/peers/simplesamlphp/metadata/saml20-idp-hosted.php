<?php

// The provider itself. `settings.json` has what a test may switch, and is read for each request.

$settings = json_decode(file_get_contents(getenv('PEER_FOLDER') . '/settings.json'), true, 512, JSON_THROW_ON_ERROR);

$redirect = 'urn:oasis:names:tc:SAML:2.0:bindings:HTTP-Redirect';
$post = 'urn:oasis:names:tc:SAML:2.0:bindings:HTTP-POST';

$metadata['__DYNAMIC:1__'] = [
    'host' => '__DEFAULT__',
    'privatekey' => 'idp.key',
    'certificate' => 'idp.crt',
    'auth' => 'people',

    'SingleSignOnServiceBinding' => $settings['post_binding_only'] ? [$post] : [$redirect, $post],
    'SingleLogoutServiceBinding' => [$redirect, $post],

    'saml20.sign.assertion' => $settings['sign_assertion'],
    'saml20.sign.response' => $settings['sign_response'],
    'assertion.encryption' => $settings['encrypt'],
    'validate.authnrequest' => $settings['require_signed_requests'],
    'validate.logout' => true,
    'sign.logout' => true,

    'NameIDFormat' => 'urn:oasis:names:tc:SAML:2.0:nameid-format:persistent',
    'authproc' => [
        1 => [
            'class' => 'saml:AttributeNameID',
            'attribute' => 'uid',
            'Format' => 'urn:oasis:names:tc:SAML:2.0:nameid-format:persistent',
        ],
    ],
];
