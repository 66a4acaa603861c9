import type { Command } from "../cli/command.ts";
import { demo } from "./demo.ts";
import { events, exportEvents, pruneEvents } from "./events.ts";
import { insights } from "./insights.ts";
import { listen } from "./listen.ts";
import { lookup } from "./lookup.ts";
import { replay } from "./replay.ts";
import { reply } from "./reply.ts";
import { sandbox } from "./sandbox.ts";
import { subscribe } from "./subscribe.ts";
import { trigger } from "./trigger.ts";
import { unsubscribe } from "./unsubscribe.ts";
import { verify } from "./verify.ts";

/** Every command, in the order of the help. */
export const commands = [
	demo,
	subscribe,
	unsubscribe,
	listen,
	replay,
	trigger,
	verify,
	lookup,
	reply,
	insights,
	events,
	exportEvents,
	pruneEvents,
	sandbox,
] as unknown as readonly Command[];
