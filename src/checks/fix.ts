import type { Framework } from "./frameworks.ts";

/** What to do about a failure, with code where it differs by framework. */
export interface Fix {
	text: string;
	code?: Readonly<Partial<Record<Framework, string>>>;
}

export const fixes = {
	challenge: {
		text: "answer 200 with the value of hub.challenge and nothing else, as text/plain",
		code: {
			express: `res.type("text/plain").send(String(req.query["hub.challenge"]))`,
			fastify: `reply.type("text/plain").send(request.query["hub.challenge"])`,
			next: `return new Response(request.nextUrl.searchParams.get("hub.challenge"))`,
			hono: `return c.text(c.req.query("hub.challenge"))`,
			django: `return HttpResponse(request.GET["hub.challenge"], content_type="text/plain")`,
			flask: `return Response(request.args["hub.challenge"], mimetype="text/plain")`,
			laravel: `return response($request->query("hub_challenge"))->header("Content-Type", "text/plain");`,
			rails: `render plain: params["hub.challenge"]`,
		},
	},
	challengeAsText: {
		text: "return hub.challenge as text: no Number(), parseInt() or int()",
		code: {
			express: `res.type("text/plain").send(String(req.query["hub.challenge"]))`,
			django: `return HttpResponse(request.GET["hub.challenge"], content_type="text/plain")  # no int()`,
			flask: `return Response(request.args["hub.challenge"], mimetype="text/plain")  # no int()`,
			laravel: `return response($request->query("hub_challenge"))->header("Content-Type", "text/plain"); // no (int)`,
			rails: `render plain: params["hub.challenge"] # no to_i`,
		},
	},
	compareToken: {
		text: "answer 403 unless hub.mode is subscribe and hub.verify_token is your token; refuse everything if no token is configured",
		code: {
			express: `if (req.query["hub.mode"] !== "subscribe" || !TOKEN || req.query["hub.verify_token"] !== TOKEN) return res.sendStatus(403)`,
			fastify: `if (query["hub.mode"] !== "subscribe" || !TOKEN || query["hub.verify_token"] !== TOKEN) return reply.code(403).send()`,
			next: `if (q.get("hub.mode") !== "subscribe" || !TOKEN || q.get("hub.verify_token") !== TOKEN) return new Response(null, { status: 403 })`,
			hono: `if (c.req.query("hub.mode") !== "subscribe" || !TOKEN || c.req.query("hub.verify_token") !== TOKEN) return c.body(null, 403)`,
			django: `if request.GET.get("hub.mode") != "subscribe" or request.GET.get("hub.verify_token") != TOKEN: return HttpResponse(status=403)`,
			flask: `if request.args.get("hub.mode") != "subscribe" or request.args.get("hub.verify_token") != TOKEN: abort(403)`,
			laravel: `abort_unless($request->query("hub_mode") === "subscribe" && $request->query("hub_verify_token") === $token, 403);`,
			rails: `return head :forbidden unless params["hub.mode"] == "subscribe" && params["hub.verify_token"] == TOKEN`,
		},
	},
	rawBody: {
		text: "compute the signature over the bytes received, before the body is parsed",
		code: {
			express: `app.post("/webhook", express.raw({ type: "*/*", limit: "5mb" }), handler) // before express.json(); req.body is the bytes`,
			fastify: `app.addContentTypeParser("application/json", { parseAs: "buffer", bodyLimit: 5e6 }, (request, body, done) => done(null, body))`,
			next: `const raw = Buffer.from(await request.arrayBuffer()) // not request.json()`,
			hono: `const raw = Buffer.from(await c.req.arrayBuffer()) // not c.req.json()`,
			django: `raw = request.body  # not json.dumps(json.loads(...))`,
			flask: `raw = request.get_data()  # not request.json`,
			laravel: `$raw = $request->getContent(); // not json_encode($request->all())`,
			rails: `raw = request.raw_post # not params.to_json`,
		},
	},
	checkSignature: {
		text: "compare X-Hub-Signature-256 with sha256= and the HMAC of the raw body; answer 401 if they differ",
		code: {
			express: `const good = "sha256=" + createHmac("sha256", SECRET).update(req.body).digest("hex") // req.body from express.raw()`,
			fastify: `const good = "sha256=" + createHmac("sha256", SECRET).update(request.body).digest("hex") // body as a buffer`,
			next: `const good = "sha256=" + createHmac("sha256", SECRET).update(Buffer.from(await request.arrayBuffer())).digest("hex")`,
			hono: `const good = "sha256=" + createHmac("sha256", SECRET).update(Buffer.from(await c.req.arrayBuffer())).digest("hex")`,
			django: `good = "sha256=" + hmac.new(SECRET, request.body, "sha256").hexdigest()`,
			flask: `good = "sha256=" + hmac.new(SECRET, request.get_data(), "sha256").hexdigest()`,
			laravel: `$good = "sha256=" . hash_hmac("sha256", $request->getContent(), $secret);`,
			rails: `good = "sha256=" + OpenSSL::HMAC.hexdigest("SHA256", SECRET, request.raw_post)`,
		},
	},
	refuseCalmly: {
		text: "refuse a malformed header without an exception: compare lengths first, then in constant time, and answer 401",
		code: {
			express: `const sent = Buffer.from(req.get("x-hub-signature-256") ?? ""); if (sent.length !== good.length || !timingSafeEqual(sent, Buffer.from(good))) return res.sendStatus(401)`,
			fastify: `const sent = Buffer.from(request.headers["x-hub-signature-256"] ?? ""); if (sent.length !== good.length || !timingSafeEqual(sent, Buffer.from(good))) return reply.code(401).send()`,
			next: `const sent = Buffer.from(request.headers.get("x-hub-signature-256") ?? ""); if (sent.length !== good.length || !timingSafeEqual(sent, Buffer.from(good))) return new Response(null, { status: 401 })`,
			hono: `const sent = Buffer.from(c.req.header("x-hub-signature-256") ?? ""); if (sent.length !== good.length || !timingSafeEqual(sent, Buffer.from(good))) return c.body(null, 401)`,
			django: `if not hmac.compare_digest(good.encode(), request.headers.get("X-Hub-Signature-256", "").encode()): return HttpResponse(status=401)`,
			flask: `if not hmac.compare_digest(good.encode(), request.headers.get("X-Hub-Signature-256", "").encode()): abort(401)`,
			laravel: `abort_unless(hash_equals($good, $request->header("X-Hub-Signature-256", "")), 401);`,
			rails: `return head :unauthorized unless ActiveSupport::SecurityUtils.secure_compare(good, request.headers["X-Hub-Signature-256"].to_s)`,
		},
	},
	bodyLimit: {
		text: "accept bodies of 5 MB on the webhook route: a delivery holds up to 1000 changes",
		code: {
			express: `express.raw({ type: "*/*", limit: "5mb" }) // the default is 100 kB`,
			fastify: `fastify({ bodyLimit: 5_000_000 })`,
			next: `export const config = { api: { bodyParser: false } } // pages router; then read the stream yourself`,
			hono: `app.use("/webhook", bodyLimit({ maxSize: 5_000_000 })) // also the proxy in front`,
			django: `DATA_UPLOAD_MAX_MEMORY_SIZE = 5_000_000`,
			flask: `app.config["MAX_CONTENT_LENGTH"] = 5_000_000`,
			laravel: `post_max_size = 5M ; php.ini, and client_max_body_size in nginx`,
			rails: `client_max_body_size 5m; # nginx in front`,
		},
	},
	answerFirst: {
		text: "store or queue the delivery, answer 200, and process it afterwards",
		code: {
			express: `await queue.add(req.body); res.sendStatus(200) // process it after the answer`,
			fastify: `await queue.add(request.body); return reply.code(200).send()`,
			next: `after(() => work(raw)); return new Response(null, { status: 200 }) // import { after } from "next/server"`,
			hono: `c.executionCtx.waitUntil(work(raw)); return c.body(null, 200) // or a queue`,
			django: `task.delay(request.body.decode()); return HttpResponse(status=200)`,
			flask: `queue.enqueue(work, request.get_data()); return "", 200`,
			laravel: `HandleWebhook::dispatch($raw); return response()->noContent(200);`,
			rails: `HandleWebhookJob.perform_later(raw); head :ok`,
		},
	},
	csrf: {
		text: "exempt the webhook route from CSRF protection: Meta signs its requests",
		code: {
			django: `@csrf_exempt  # from django.views.decorators.csrf`,
			flask: `csrf.exempt(webhook)  # Flask-WTF`,
			laravel: `$middleware->validateCsrfTokens(except: ["webhook"]); // bootstrap/app.php`,
			rails: `skip_before_action :verify_authenticity_token, only: :webhook`,
		},
	},
	tolerate: {
		text: "log and skip what you do not know or cannot read, and answer 200: Meta retries a refused delivery for 36 hours",
	},
	catchJson: {
		text: "catch the JSON parser's error and answer 400",
		code: {
			express: `try { payload = JSON.parse(req.body) } catch { return res.sendStatus(400) }`,
			fastify: `try { payload = JSON.parse(request.body) } catch { return reply.code(400).send() }`,
			next: `try { payload = JSON.parse(raw) } catch { return new Response(null, { status: 400 }) }`,
			hono: `try { payload = JSON.parse(raw) } catch { return c.body(null, 400) }`,
			django: `except json.JSONDecodeError: return HttpResponse(status=400)`,
			flask: `except json.JSONDecodeError: abort(400)`,
			laravel: `$payload = json_decode($raw, true) ?? abort(400);`,
			rails: `rescue JSON::ParserError then return head :bad_request`,
		},
	},
	sha256Only: {
		text: "check X-Hub-Signature-256 and ignore X-Hub-Signature, which is SHA-1",
	},
	readHeader: {
		text: "read the header X-Hub-Signature-256, and refuse deliveries without it",
		code: {
			express: `const sent = req.get("x-hub-signature-256")`,
			fastify: `const sent = request.headers["x-hub-signature-256"]`,
			next: `const sent = request.headers.get("x-hub-signature-256")`,
			hono: `const sent = c.req.header("x-hub-signature-256")`,
			django: `sent = request.headers.get("X-Hub-Signature-256", "")`,
			flask: `sent = request.headers.get("X-Hub-Signature-256", "")`,
			laravel: `$sent = $request->header("X-Hub-Signature-256", "");`,
			rails: `sent = request.headers["X-Hub-Signature-256"].to_s`,
		},
	},
	oneHeader: {
		text: "answer 401 if the header is sent more than once",
	},
	constantTime: {
		text: "compare with timingSafeEqual (Node), hmac.compare_digest (Python), hash_equals (PHP) or secure_compare (Rails)",
	},
	certificate: {
		text: "install a certificate of a public authority with its full chain: Meta refuses self-signed and incomplete ones",
	},
	noRedirect: {
		text: "answer at the callback URL itself: register the final URL, with the right scheme and trailing slash",
		code: {
			next: `trailingSlash: false // next.config.js, and no slash in the callback URL`,
			django: `path("webhook", webhook)  # or register the URL with its slash: APPEND_SLASH redirects`,
			flask: `@app.route("/webhook", strict_slashes=False)`,
		},
	},
	noPage: {
		text: "put nothing in front of the webhook: no login, no browser check, no warning page of a free tunnel",
	},
	findRoute: {
		text: "accept both GET and POST at the callback URL's path",
		code: {
			express: `app.get("/webhook", handshake); app.post("/webhook", express.raw({ type: "*/*" }), delivery)`,
			fastify: `app.get("/webhook", handshake); app.post("/webhook", delivery)`,
			next: `export async function GET(request) {…} export async function POST(request) {…} // app/webhook/route.ts`,
			hono: `app.get("/webhook", handshake); app.post("/webhook", delivery)`,
			django: `path("webhook", webhook)  # one view for both: request.method`,
			flask: `@app.route("/webhook", methods=["GET", "POST"])`,
			laravel: `Route::match(["get", "post"], "/webhook", WebhookController::class);`,
			rails: `match "/webhook", to: "webhook#receive", via: [:get, :post]`,
		},
	},
	sameToken: {
		text: "use the same verify token on both sides: IGWH_VERIFY_TOKEN here, and the configuration of your app",
	},
	sameSecret: {
		text: "use the same app secret on both sides; for apps with Instagram Login that is the Instagram app secret: --secret-from instagram",
	},
	surviveErrors: {
		text: "catch errors for each delivery, so that one bad request cannot end the process or the worker",
	},
	lookAtLog: {
		text: "find the exception in the receiver's log",
	},
	noRateLimit: {
		text: "exempt the webhook route from the rate limit: Meta delivers in bursts",
	},
} as const satisfies Record<string, Fix>;
