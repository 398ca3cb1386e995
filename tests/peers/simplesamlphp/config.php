<?php

// SimpleSAMLphp as an identity provider on loopback. `workspace_tests::peers` starts it and says where its folder is.
// What is not here has the default of SimpleSAMLphp.

$folder = getenv('PEER_FOLDER');

$config = [
    // The port is known only when the server listens.
    'baseurlpath' => 'http://' . $_SERVER['HTTP_HOST'] . '/',
    'certdir' => "$folder/",
    'loggingdir' => "$folder/",
    'datadir' => "$folder/",
    'tempdir' => "$folder/",
    'metadatadir' => __DIR__ . '/metadata/',
    'metadata.sources' => [['type' => 'flatfile']],

    'secretsalt' => hash_file('sha256', "$folder/idp.key"),
    'technicalcontact_email' => 'na@example.org',
    'timezone' => 'UTC',
    'showerrors' => true,
    'logging.handler' => 'stderr',
    'logging.level' => SimpleSAML\Logger::INFO,

    'enable.saml20-idp' => true,
    'module.enable' => ['core' => true, 'exampleauth' => true, 'saml' => true],

    'store.type' => 'phpsession',
    'session.phpsession.savepath' => $folder,
    // Loopback has no TLS.
    'session.cookie.secure' => false,
    'session.cookie.samesite' => null,
    'language.cookie.secure' => false,
    'language.cookie.samesite' => null,
];
