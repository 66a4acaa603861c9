/** A setting that has a value before anything is asked. */
export interface CurrentRecord {
	type: "current";
	env: string;
	/** A secret's last four characters. */
	value: string;
}

export interface CheckedRecord {
	type: "checked";
	what: "app" | "token" | "page" | "account";
	detail: string;
	/** What works, but not for everything. */
	warning?: string;
}

export interface SavedRecord {
	type: "saved";
	envFile: string;
	/** The environment names that have another value now. */
	changed: string[];
	/** The file in which git was told to ignore the env file. */
	gitignore?: string;
	/** What to run now. */
	next: string[];
}

export type InitRecord = CurrentRecord | CheckedRecord | SavedRecord;
