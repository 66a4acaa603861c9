import type { Account } from "../../simulation/state.ts";
import { mediaOf } from "./account-media.ts";
import type { NodeType } from "./node-type.ts";

/** What everybody may see of an account, wherever it is shown. */
export const accountFields: NodeType<Account>["fields"] = {
	id: ({ id }) => id,
	username: ({ username }) => username,
	name: ({ name }) => name,
	followers_count: () => 1204,
	follows_count: () => 87,
	media_count: (account, { sandbox }) => mediaOf(account, sandbox).length,
	profile_picture_url: ({ id }) => `https://sandbox.example/profile/${id}.jpg`,
};
