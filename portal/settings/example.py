"""An environment with every required variable, for tests and for checks that talk to no service."""

import base64

COMMON = {
    "SECRET_KEY": "an example that is long enough to be taken for a key, and known to everyone",
    "ALLOWED_HOSTS": "testserver,localhost,127.0.0.1",
    "SITE_URL": "http://testserver",
    "DATABASE_URL": "postgres://bening_web@127.0.0.1:1/bening",
    "DATABASE_OWNER_URL": "postgres://bening_owner@127.0.0.1:1/bening",
    "REDIS_URL": "redis://127.0.0.1:1/1",
    "BROKER_URL": "redis://127.0.0.1:1/0",
    "SEALING_KEYS": f"k1={base64.b64encode(b'1' * 32).decode()};k2={base64.b64encode(b'2' * 32).decode()}",
    "SEALING_KEY_ID": "k2",
    "BLIND_INDEX_KEY": base64.b64encode(b"3" * 32).decode(),
    "METRICS_TOKEN": "the token of the tests",
    "SEAL_PKCS12": "var/test/keys/seal.p12",
    "SEAL_TRUST": "var/test/keys/seal-roots.pem",
}
PRODUCTION = COMMON | {
    "ALLOWED_HOSTS": "layanan.example.go.id",
    "SITE_URL": "https://layanan.example.go.id",
    "EMAIL_URL": "submission://user:password@mail.example.go.id:587",
    "SMS_GATEWAY_URL": "https://gateway.example/v1/messages",
    "SMS_GATEWAY_TOKEN": "the token that the gateway gave",
}
