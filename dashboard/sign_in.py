"""Optional sign-in by OpenID Connect, through Streamlit's own means.

Active only where a `secrets.toml` holds a section `[auth]`; see docs/dashboard.md.
"""

from __future__ import annotations

from pathlib import Path

import streamlit as st
from streamlit.errors import StreamlitSecretNotFoundError

from dashboard.texts import prose


def is_configured() -> bool:
    """True if this installation asks its readers to sign in.

    Raises StreamlitSecretNotFoundError for a file that is there and cannot be read: then nobody
    knows whether it asks for a sign-in, and nothing may be shown.
    """
    try:
        return "auth" in st.secrets
    except StreamlitSecretNotFoundError:
        if any(Path(name).exists() for name in st.get_option("secrets.files")):
            raise
        return False


def is_allowed() -> bool:
    """True if the page may be drawn; otherwise the way to sign in is drawn instead."""
    if not is_configured():
        return True
    if st.user.is_logged_in:
        st.button("Abmelden", on_click=st.logout, key="abmelden", type="tertiary")
        return True
    st.markdown(prose("sign_in"))
    st.button("Anmelden", on_click=st.login, key="anmelden", type="primary")
    return False
