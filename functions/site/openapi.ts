/** An OpenAPI 3.1 description of the website's API for other sites and programs. */
export function openApi(): object {
  const problem = (description: string) => ({
    description,
    content: { "application/json": { schema: { $ref: "#/components/schemas/Problem" } } },
  });
  return {
    openapi: "3.1.0",
    info: {
      title: "Broadsheet readers' API",
      version: "1",
      description: "Subscribe a reader to a newsletter. The reader confirms by a link in an email.",
    },
    servers: [{ url: "/" }],
    paths: {
      "/api/{newsletter}/subscribers": {
        post: {
          operationId: "subscribe",
          summary: "Ask for a subscription",
          description:
            "The answer is the same whatever is known of the address. A form in HTML may post `email` to `/{newsletter}/subscribe` instead.",
          parameters: [{ name: "newsletter", in: "path", required: true, schema: { type: "string" } }],
          requestBody: {
            required: true,
            content: {
              "application/json": {
                schema: { $ref: "#/components/schemas/Subscribe" },
                example: { email: "ann@example.com", language: "en" },
              },
            },
          },
          responses: {
            202: {
              description: "Accepted. What follows, if anything, is an email to the address.",
              content: { "application/json": { schema: { $ref: "#/components/schemas/Accepted" } } },
            },
            400: problem("The body is not a JSON object with `email` as text."),
            404: problem("There is no such newsletter."),
            413: problem("The body is too long."),
            415: problem("The body is not application/json."),
            422: problem("No email can be sent to this address; `code` says what is wrong with it."),
            429: { description: "Too many requests. Retry-After says when to try again." },
          },
        },
      },
    },
    components: {
      schemas: {
        Subscribe: {
          type: "object",
          required: ["email"],
          properties: {
            email: { type: "string", maxLength: 254 },
            language: { type: "string", description: "BCP 47 tag of the email that asks to confirm." },
          },
        },
        Accepted: {
          type: "object",
          required: ["status"],
          properties: {
            status: { const: "accepted" },
            suggestion: { type: "string", description: "The address that was perhaps meant." },
          },
        },
        Problem: {
          type: "object",
          required: ["error"],
          properties: {
            error: {
              type: "object",
              required: ["code", "message"],
              properties: { code: { type: "string" }, message: { type: "string" } },
            },
          },
        },
      },
    },
  };
}
