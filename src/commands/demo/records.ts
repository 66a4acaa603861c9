/** A step of the demo begins; the records of its command follow. */
export interface StepRecord {
	type: "step";
	number: number;
	title: string;
	/** What a person would type for it. */
	command: string;
}

export interface StepEndRecord {
	type: "step-end";
	number: number;
	ok: boolean;
	problem?: string;
}

export interface DemoSummaryRecord {
	type: "summary";
	steps: number;
	ok: number;
	failed: number;
	/** How igwh is called here: `igwh`, or `npx igwh`. */
	program: string;
}
