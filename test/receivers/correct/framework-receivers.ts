import http, { type IncomingMessage } from "node:http";
import { createRequire } from "node:module";
import type { AddressInfo } from "node:net";
import { createAdaptorServer } from "@hono/node-server";
import fastify from "fastify";
import { H3, toNodeHandler } from "h3";
import { Hono } from "hono";
import { listening } from "./node-receivers.ts";
import {
	challengeFor,
	handle,
	isSigned,
	type Rules,
	type Start,
} from "./rules.ts";

// These two come without types.
const require = createRequire(import.meta.url);
const express = require("express");
const Koa = require("koa");

/** Receivers on the frameworks of Node, written as their documents show it. */
export const frameworkReceivers: Record<string, Start> = {
	"express with express.raw": (rules) => {
		const app = express();
		app.get("/webhook", expressHandshake(rules));
		app.post(
			"/webhook",
			express.raw({ type: "*/*", limit: "5mb" }),
			// biome-ignore lint/suspicious/noExplicitAny: express comes without types
			(request: any, response: any) => {
				const raw = Buffer.isBuffer(request.body) ? request.body : Buffer.of();
				if (!isSigned(raw, request.get("x-hub-signature-256"), rules))
					return response.sendStatus(401);
				response.sendStatus(handle(raw) ? 200 : 400);
			},
		);
		return listening(http.createServer(app));
	},

	"express.json with its verify hook": (rules) => {
		const app = express();
		app.use(
			express.json({
				limit: "5mb",
				strict: false,
				verify: (request: IncomingMessage, _: unknown, raw: Buffer) => {
					const header = request.headers["x-hub-signature-256"] as string;
					if (!isSigned(raw, header, rules))
						throw Object.assign(new Error("unsigned"), { status: 401 });
				},
			}),
		);
		app.get("/webhook", expressHandshake(rules));
		// biome-ignore lint/suspicious/noExplicitAny: express comes without types
		app.post("/webhook", (request: any, response: any) => {
			const signed = request.body !== undefined;
			response.sendStatus(signed ? 200 : 400);
		});
		app.use(
			// biome-ignore lint/suspicious/noExplicitAny: express comes without types
			(error: any, _: unknown, response: any, _next: unknown) =>
				response.sendStatus(error.status ?? 500),
		);
		return listening(http.createServer(app));
	},

	fastify: async (rules) => {
		const app = fastify({ bodyLimit: 5_000_000 });
		app.removeAllContentTypeParsers();
		app.addContentTypeParser("*", { parseAs: "buffer" }, (_, body, done) =>
			done(null, body),
		);
		app.get("/webhook", (request, reply) => {
			const { searchParams } = new URL(request.url, "http://localhost");
			const challenge = challengeFor(searchParams, rules);
			return challenge === undefined
				? reply.code(403).send()
				: reply.type("text/plain").send(challenge);
		});
		app.post("/webhook", (request, reply) => {
			const raw = (request.body as Buffer | undefined) ?? Buffer.of();
			const header = request.headers["x-hub-signature-256"] as string;
			const status = !isSigned(raw, header, rules)
				? 401
				: handle(raw)
					? 200
					: 400;
			return reply.code(status).send();
		});
		await app.listen({ port: 0, host: "127.0.0.1" });
		return {
			url: `http://127.0.0.1:${(app.server.address() as AddressInfo).port}/webhook`,
			close: () => app.close(),
		};
	},

	hono: (rules) => {
		const app = new Hono();
		app.get("/webhook", (c) => {
			const { searchParams } = new URL(c.req.url);
			const challenge = challengeFor(searchParams, rules);
			return challenge === undefined ? c.body(null, 403) : c.text(challenge);
		});
		app.post("/webhook", async (c) => {
			const raw = Buffer.from(await c.req.arrayBuffer());
			if (!isSigned(raw, c.req.header("x-hub-signature-256"), rules))
				return c.body(null, 401);
			return c.body(null, handle(raw) ? 200 : 400);
		});
		return listening(createAdaptorServer({ fetch: app.fetch }) as http.Server);
	},

	koa: (rules) => {
		const app = new Koa();
		app.silent = true;
		// biome-ignore lint/suspicious/noExplicitAny: koa comes without types
		app.use(async (context: any) => {
			if (context.method === "GET") {
				const query = new URLSearchParams(context.querystring);
				const challenge = challengeFor(query, rules);
				context.status = challenge === undefined ? 403 : 200;
				context.type = "text/plain";
				context.body = challenge ?? "";
				return;
			}
			const chunks: Buffer[] = [];
			for await (const chunk of context.req) chunks.push(chunk);
			const raw = Buffer.concat(chunks);
			const signed = isSigned(raw, context.get("x-hub-signature-256"), rules);
			context.body = "";
			context.status = signed ? (handle(raw) ? 200 : 400) : 401;
		});
		return listening(http.createServer(app.callback()));
	},

	h3: (rules) => {
		const app = new H3();
		app.get("/webhook", (event) => fetchHandler(rules)(event.req));
		app.post("/webhook", (event) => fetchHandler(rules)(event.req));
		return listening(http.createServer(toNodeHandler(app)));
	},

	"a route handler of Request and Response, as in Next": (rules) =>
		listening(
			createAdaptorServer({ fetch: fetchHandler(rules) }) as http.Server,
		),
};

function expressHandshake(rules: Rules) {
	// biome-ignore lint/suspicious/noExplicitAny: express comes without types
	return (request: any, response: any) => {
		const challenge = challengeFor(
			new URLSearchParams(request.query as Record<string, string>),
			rules,
		);
		if (challenge === undefined) return response.sendStatus(403);
		response.type("text/plain").send(challenge);
	};
}

function fetchHandler(rules: Rules) {
	return async (request: Request): Promise<Response> => {
		if (request.method === "GET") {
			const { searchParams } = new URL(request.url);
			const challenge = challengeFor(searchParams, rules);
			return new Response(challenge ?? null, {
				status: challenge === undefined ? 403 : 200,
			});
		}
		const raw = Buffer.from(await request.arrayBuffer());
		const header = request.headers.get("x-hub-signature-256");
		if (!isSigned(raw, header, rules))
			return new Response(null, { status: 401 });
		return new Response(null, { status: handle(raw) ? 200 : 400 });
	};
}
