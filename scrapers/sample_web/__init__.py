"""A little NRW on loopback: sites made up from real facts, to run everything without the internet.

`python -m scrapers.sample_web --base-register DIR --register-out DIR` serves them; tests use
`start_sample_web`. Which sites there are, and which state each council deserves: `sites.py`.
"""

from scrapers.sample_web.register import BaseRegisterError
from scrapers.sample_web.running import RunningSampleWeb, start_sample_web
from scrapers.sample_web.server import NoFreePorts

__all__ = ["BaseRegisterError", "NoFreePorts", "RunningSampleWeb", "start_sample_web"]
