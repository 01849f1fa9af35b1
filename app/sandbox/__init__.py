"""A stand-in for Twilio on the developer's own machine, with a phone page.

It keeps state as the real service does: it takes messages through Twilio's REST API, walks their statuses,
signs its webhooks and callbacks, and misbehaves on request. The rest of the project does not know it: they
speak HTTP to each other, and nothing imports it. It listens on and posts to this machine only.
"""
