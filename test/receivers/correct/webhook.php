<?php
// A receiver for PHP's built-in server; PHP turns the dots of hub.* into underscores.

function answer(int $status, string $body = ''): never
{
    http_response_code($status);
    header('Content-Type: text/plain');
    exit($body);
}

if ($_SERVER['REQUEST_METHOD'] === 'GET') {
    $isMeta = ($_GET['hub_mode'] ?? '') === 'subscribe'
        && hash_equals(getenv('VERIFY_TOKEN'), $_GET['hub_verify_token'] ?? '');
    answer($isMeta ? 200 : 403, $isMeta ? $_GET['hub_challenge'] ?? '' : '');
}

$raw = file_get_contents('php://input');
$good = 'sha256=' . hash_hmac('sha256', $raw, getenv('SECRET'));
if (!hash_equals($good, $_SERVER['HTTP_X_HUB_SIGNATURE_256'] ?? '')) {
    answer(401);
}
json_decode($raw);
answer(json_last_error() === JSON_ERROR_NONE ? 200 : 400);
