import type { Command } from "../cli/command.ts";
import { config } from "./config/command.ts";
import { demo } from "./demo/command.ts";
import { doctor } from "./doctor/command.ts";
import { events } from "./events/command.ts";
import { exportEvents } from "./events/export/command.ts";
import { pruneEvents } from "./events/prune/command.ts";
import { init } from "./init/command.ts";
import { insights } from "./insights/command.ts";
import { listen } from "./listen/command.ts";
import { lookup } from "./lookup/command.ts";
import { replay } from "./replay/command.ts";
import { reply } from "./reply/command.ts";
import { sandboxCalls } from "./sandbox/calls/command.ts";
import { sandboxClose } from "./sandbox/close/command.ts";
import { sandbox } from "./sandbox/command.ts";
import { sandboxFail } from "./sandbox/fail/command.ts";
import { sandboxGates } from "./sandbox/gates/command.ts";
import { sandboxOpen } from "./sandbox/open/command.ts";
import { subscribe } from "./subscribe/command.ts";
import { trigger } from "./trigger/command.ts";
import { unsubscribe } from "./unsubscribe/command.ts";
import { verify } from "./verify/command.ts";

/** Every command, in the order of the help. */
export const commands = [
	demo,
	init,
	config,
	subscribe,
	unsubscribe,
	listen,
	replay,
	trigger,
	verify,
	doctor,
	lookup,
	reply,
	insights,
	events,
	exportEvents,
	pruneEvents,
	sandbox,
	sandboxGates,
	sandboxOpen,
	sandboxClose,
	sandboxFail,
	sandboxCalls,
] as unknown as readonly Command[];
