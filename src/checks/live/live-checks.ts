import { appChecks } from "./app-checks.ts";
import { callbackChecks } from "./callback-checks.ts";
import { liveCheckIds } from "./check-ids.ts";
import { configChecks } from "./config-checks.ts";
import { deliveryChecks } from "./delivery-checks.ts";
import type { LiveCheck } from "./live-check.ts";
import { metaChecks } from "./meta-checks.ts";
import { pageChecks } from "./page-checks.ts";
import { permissionChecks } from "./permission-checks.ts";
import { tokenChecks } from "./token-checks.ts";

/** Every check, in the order in which its fix is to be done. */
export const liveChecks: readonly LiveCheck[] = [
	...configChecks,
	...appChecks,
	...tokenChecks,
	...permissionChecks,
	...pageChecks,
	...callbackChecks,
	...deliveryChecks,
	...metaChecks,
].sort((a, b) => liveCheckIds.indexOf(a.id) - liveCheckIds.indexOf(b.id));
