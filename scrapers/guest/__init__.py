"""Being a good and careful guest: who is asked, how often, and what is refused."""
