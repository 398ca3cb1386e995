<?php

// The service providers that we know: each by its own metadata, as an administrator would upload it.

foreach (glob(getenv('PEER_FOLDER') . '/sp-*.xml') as $file) {
    $sp = SimpleSAML\Metadata\SAMLParser::parseFile($file)->getMetadata20SP();
    // These would be followed before the settings of the provider, which a test switches.
    unset($sp['saml20.sign.assertion'], $sp['validate.authnrequest']);
    $metadata[$sp['entityid']] = $sp;
}
