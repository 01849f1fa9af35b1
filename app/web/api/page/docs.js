// Shows the description of the API that this server gives out; nothing comes from anywhere else.
SwaggerUIBundle({ url: "openapi.json", dom_id: "#api", deepLinking: true, validatorUrl: null });
