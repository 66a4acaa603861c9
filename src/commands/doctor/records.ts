import type { ConditionState } from "../../checks/live/conditions.ts";
import type {
	CheckSummaryRecord,
	ListedCheckRecord,
	VerifyCheckRecord,
} from "../../checks/records.ts";
import type { CallRecord } from "../../graph/call-record.ts";

/** Whether something keeps live deliveries away, before the checks in detail. */
export interface VerdictRecord {
	type: "verdict";
	/** The app and the login. */
	app: string;
	ok: boolean;
	detail: string;
}

/** A check of live delivery. */
export interface DoctorCheckRecord extends VerifyCheckRecord {
	/** The position of its fix among those to do. */
	step?: number;
	/** The check that must pass first. */
	blockedBy?: string;
}

/** One of Meta's seven conditions of live delivery. */
export interface ConditionRecord extends ConditionState {
	type: "condition";
}

/** The background of a check. */
export interface ExplanationRecord {
	type: "explanation";
	id: string;
	title: string;
	why: string;
	fix: string;
	source: string;
}

/** A call that was to repair something. */
export interface RepairRecord {
	type: "repair";
	id: string;
	done: boolean;
	/** Why not. */
	reason?: string;
}

/** A live delivery arrived while the doctor watched. */
export interface ArrivedRecord {
	type: "arrived";
	id: string;
	fields: string[];
}

export type DoctorRecord =
	| VerdictRecord
	| DoctorCheckRecord
	| ConditionRecord
	| ExplanationRecord
	| RepairRecord
	| ArrivedRecord
	| CallRecord
	| ListedCheckRecord
	| CheckSummaryRecord;
