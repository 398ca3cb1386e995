<?php

// The people who can sign in, from the file that the test wrote.

$people = json_decode(file_get_contents(getenv('PEER_FOLDER') . '/people.json'), true, 512, JSON_THROW_ON_ERROR);

$config = ['people' => ['exampleauth:UserPass']];
foreach ($people as $person) {
    $config['people']["{$person['user']}:{$person['password']}"] = [
        'uid' => $person['user'],
        'displayName' => $person['display_name'],
        'mail' => $person['email'],
        'memberOf' => $person['groups'],
    ];
}
