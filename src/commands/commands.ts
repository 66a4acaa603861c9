import type { Command } from "../command.ts";
import { demo } from "./demo.ts";
import { events } from "./events.ts";
import { insights } from "./insights.ts";
import { listen } from "./listen.ts";
import { lookup } from "./lookup.ts";
import { replay } from "./replay.ts";
import { reply } from "./reply.ts";
import { sandbox } from "./sandbox.ts";
import { subscribe } from "./subscribe.ts";
import { trigger } from "./trigger.ts";
import { unsubscribe } from "./unsubscribe.ts";

/** Every command, in the order of the help. */
export const commands = [
	demo,
	subscribe,
	unsubscribe,
	listen,
	replay,
	trigger,
	lookup,
	reply,
	insights,
	events,
	sandbox,
] as unknown as readonly Command[];
