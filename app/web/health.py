"""/live, /ready and /metrics: for whoever runs this. Nothing personal is in any of them."""

from flask import Blueprint, Response, jsonify
from prometheus_client import CONTENT_TYPE_LATEST

from app.bootstrap import Gateway
from app.web.metrics import exposition


def health(gateway: Gateway) -> Blueprint:
    routes = Blueprint("health", __name__)

    @routes.get("/live")
    def live() -> Response:
        return Response("alive\n", content_type="text/plain")

    @routes.get("/ready")
    def ready() -> tuple[Response, int]:
        checks = gateway.readiness()
        fit = all(check.ok for check in checks)
        found = [
            {
                "check": str(c.name),
                "ok": c.ok,
                "found": str(c.found),
                "fix": "" if c.ok else str(c.fix),
            }
            for c in checks
        ]
        return jsonify(ready=fit, checks=found), 200 if fit else 503

    @routes.get("/metrics")
    def metrics() -> Response:
        return Response(exposition(gateway), content_type=CONTENT_TYPE_LATEST)

    return routes
