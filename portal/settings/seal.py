"""The office's seal on certificates, and what `/verify/` trusts."""

from pathlib import Path

from portal import governments
from portal.settings.environment import env, setting

ROOT = Path(__file__).resolve().parents[2]

# The seal: its key, its certificate and the chain above it, as PKCS#12; and the roots against which a paper is checked.
SEAL_PKCS12 = setting(env.path, "SEAL_PKCS12", example="/run/secrets/seal.p12")
SEAL_PASSPHRASE = setting(
    env.str, "SEAL_PASSPHRASE", example="the passphrase of the PKCS#12 file", default=""
)
SEAL_TRUST = setting(env.path, "SEAL_TRUST", example="/etc/bening/seal-roots.pem")
# In the demo and in tests a key is made at the first start, under an authority of its own that nobody else trusts.
SEAL_DEVELOPMENT = False

# Whose portal this is: the folder in packs/ that `load_pack` loads.
PACK = setting(env.str, "PACK", example=governments.DEFAULT, default=governments.DEFAULT)

# Typst templates of certificates come from the pack, the letters from the front-end build.
CERTIFICATE_TEMPLATES = setting(
    env.path,
    "CERTIFICATE_TEMPLATES",
    example="/etc/bening/templates",
    default=governments.PACKS / PACK / "templates",
)
CERTIFICATE_FONTS = ROOT / "static" / "vendor" / "fonts"
