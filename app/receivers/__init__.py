"""The other ends of webhooks: other people's servers, which may fail, hang, or be none at all."""
