import {
	sandboxCredentials,
	sandboxInstagramLogin,
} from "../../src/sandbox/credentials.ts";
import { createLiveMachine } from "./live-machine.ts";

/** The same with Instagram Login: no page, the account itself is subscribed. */
export async function createInstagramMachine(env: Record<string, string> = {}) {
	const machine = await createLiveMachine({
		IGWH_PAGE_ID: "",
		IGWH_PAGE_TOKEN: "",
		IGWH_INSTAGRAM_TOKEN: sandboxInstagramLogin.token,
		IGWH_INSTAGRAM_APP_SECRET: sandboxCredentials.instagramAppSecret,
		...env,
	});
	const { state } = machine;
	for (const page of state.pages.values()) delete page.subscribedFields;
	for (const account of state.accounts.values())
		account.subscribedFields = ["comments", "live_comments"];
	return machine;
}
