"""What the webhook is measured against: a route that reads the same form and returns the same TwiML."""

from flask import Flask, Response, request

from app.provider import twiml

app = Flask("bare", static_folder=None)


@app.post("/twilio/sms")
def sms() -> Response:
    request.form.get("Body", "")
    return Response(twiml.EMPTY, content_type=twiml.CONTENT_TYPE)
