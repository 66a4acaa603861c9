import type { Secret } from "../../config/secret.ts";
import { readApp } from "../../graph/app.ts";
import type { CheckedRecord } from "./records.ts";
import { graphWith, type Setup, secretAnswer } from "./setup.ts";

export interface App {
	id: string;
	secret: Secret;
}

/** The app's id and secret; reading the app with both proves that they belong together. */
export async function* setUpApp(
	setup: Setup,
): AsyncGenerator<CheckedRecord, App> {
	const { name, ...app } = await setup.answers.untilAccepted(
		["appId", "appSecret"],
		async () => {
			const id = await setup.answers.get("appId");
			const secret = await secretAnswer(setup, "appSecret");
			const graph = graphWith(setup, {
				appId: id,
				appSecret: secret.reveal(),
			});
			const { name } = await graph(readApp(id));
			return { id, secret, name };
		},
	);
	yield {
		type: "checked",
		what: "app",
		detail: `app ${app.id} is ${name || "there"}, and the secret belongs to it`,
	};
	return app;
}
