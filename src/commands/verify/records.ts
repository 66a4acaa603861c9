import type {
	CauseRecord,
	CheckSummaryRecord,
	VerdictRecord,
	VerifyCheckRecord,
} from "../../checks/records.ts";

/** A check as `verify --list` shows it. */
export interface ListedCheckRecord {
	type: "check-info";
	id: string;
	title: string;
}

export type VerifyRecord =
	| VerdictRecord
	| CauseRecord
	| VerifyCheckRecord
	| ListedCheckRecord
	| CheckSummaryRecord;
