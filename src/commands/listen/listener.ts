import type { Config } from "../../config/config.ts";
import type { RecordQueue } from "../../record-queue.ts";
import type { Store } from "../../store/store.ts";
import type { SigningSecret } from "../../webhook/signature.ts";
import type { World } from "../../world.ts";
import type { ListenRecord } from "./records.ts";
import type { ListenInput } from "./run.ts";
import type { Screen } from "./screen.ts";

/** What the steps of a running listener share. */
export interface Listener {
	input: ListenInput;
	config: Config;
	world: World;
	store: Store;
	secrets: readonly SigningSecret[];
	verifyToken: string;
	/** The verify token of the callback that is replaced, where it is known. */
	restoreToken: string | undefined;
	records: RecordQueue<ListenRecord>;
	screen: Screen;
	/** What has to be closed, in this order: each step puts its own first. */
	endings: (() => unknown)[];
}

/** 32 characters that Meta's dashboard accepts as a verify token; over 64 it fails silently (webhook/README: Handshake). */
export function newToken(world: World): string {
	return Buffer.from(world.randomBytes(24)).toString("base64url");
}
