/**
 * What Meta sends for each field of the `instagram` object. Ids are strings: they
 * exceed what a number holds. Meta adds members without notice, so none of these
 * types is closed to more.
 */

/** Who wrote a comment. */
export interface CommentAuthor {
	id: string;
	username: string;
	/** Meta sends it for comments of the account itself; do not rely on it. */
	self_ig_scoped_id?: string;
}

/** `comments` */
export interface CommentValue {
	from: CommentAuthor;
	media: {
		/** The picture, where the comment is on a picture of an album. */
		id: string;
		media_product_type: "FEED" | "REELS" | "AD" | "LIVE" | "STORY";
		/** These three only for boosted posts and ads. */
		ad_id?: string;
		ad_title?: string;
		original_media_id?: string;
	};
	id: string;
	/** The comment this one answers. */
	parent_id?: string;
	text: string;
}

/** `live_comments`: sent only during the broadcast. */
export type LiveCommentValue = Omit<CommentValue, "parent_id">;

/** `mentions` */
export interface MentionValue {
	media_id: string;
	/** Missing where the mention is in a caption. */
	comment_id?: string;
}

/** `story_insights`: -1 stands for a number below 5. */
export interface StoryInsightsValue {
	media_id: string;
	impressions: number;
	reach: number;
	taps_forward: number;
	taps_back: number;
	exits: number;
	replies: number;
}

/** What every messaging event carries. Meta is seen to leave out sender and recipient. */
export interface MessagingEvent {
	sender?: { id: string };
	recipient?: { id: string };
	/** Unix milliseconds. */
	timestamp: number;
}

export interface MessageAttachment {
	/** `image`, `video`, `audio`, `file`, `share`, `story_mention`, `ig_reel`, … */
	type: string;
	payload: { url?: string; title?: string; reel_video_id?: string };
}

export interface Referral {
	ref?: string;
	/** `ADS`, `SHORTLINK`, … */
	source?: string;
	type?: string;
	ad_id?: string;
	ads_context_data?: {
		ad_title?: string;
		photo_url?: string;
		video_url?: string;
	};
	product?: { id: string };
}

export interface MessageContent {
	mid: string;
	text?: string;
	attachments?: MessageAttachment[];
	/** The sender took the message back. */
	is_deleted?: true;
	/** The account itself sent it. */
	is_echo?: true;
	is_self?: true;
	is_unsupported?: true;
	quick_reply?: { payload: string };
	reply_to?: { mid?: string; story?: { id: string; url: string } };
	referral?: Referral;
}

/** `messages` */
export interface MessageValue extends MessagingEvent {
	message: MessageContent;
}

/** `message_echoes` */
export interface MessageEchoValue extends MessagingEvent {
	message: MessageContent & { is_echo: true };
}

/** `message_edit` */
export interface MessageEditValue extends MessagingEvent {
	message_edit: { mid: string; text: string; num_edit: number };
}

/** `message_reactions` */
export interface MessageReactionValue extends MessagingEvent {
	reaction: {
		mid: string;
		action: "react" | "unreact";
		/** `love`, `other`, … */
		reaction?: string;
		emoji?: string;
	};
}

/** `messaging_postbacks` */
export interface PostbackValue extends MessagingEvent {
	postback: {
		mid: string;
		title: string;
		payload: string;
		referral?: Referral;
	};
	is_self?: true;
}

/** `messaging_referral` */
export interface ReferralValue extends MessagingEvent {
	referral: Referral;
}

/** `messaging_seen` */
export interface SeenValue extends MessagingEvent {
	read: { mid: string };
}

/** `messaging_optins` */
export interface OptinValue extends MessagingEvent {
	optin: {
		type: string;
		title?: string;
		payload?: string;
		notification_messages_token?: string;
		token_expiry_timestamp?: number;
		user_token_status?: string;
	};
}

/** `messaging_handover`: one of these members. */
export interface HandoverValue extends MessagingEvent {
	pass_thread_control?: {
		previous_owner_app_id?: string;
		new_owner_app_id: string;
		metadata?: string;
	};
	take_thread_control?: {
		previous_owner_app_id?: string;
		new_owner_app_id?: string;
		metadata?: string;
	};
	request_thread_control?: {
		requested_owner_app_id: string;
		metadata?: string;
	};
	/** Roles by app id. */
	app_roles?: Record<string, string[]>;
}

/** `messaging_policy_enforcement` */
export interface PolicyEnforcementValue extends MessagingEvent {
	policy_enforcement: { action: string; reason?: string };
}

/** `response_feedback` */
export interface ResponseFeedbackValue extends MessagingEvent {
	response_feedback: { feedback: string; mid: string };
}

/** What happens in a conversation that another app has control of: any other messaging event. */
export type StandbyValue = MessagingEvent & Partial<MessageValue>;

/** The value of each Instagram field. */
export interface FieldValues {
	comments: CommentValue;
	live_comments: LiveCommentValue;
	mentions: MentionValue;
	story_insights: StoryInsightsValue;
	messages: MessageValue;
	message_echoes: MessageEchoValue;
	message_edit: MessageEditValue;
	message_reactions: MessageReactionValue;
	messaging_handover: HandoverValue;
	messaging_optins: OptinValue;
	messaging_policy_enforcement: PolicyEnforcementValue;
	messaging_postbacks: PostbackValue;
	messaging_referral: ReferralValue;
	messaging_seen: SeenValue;
	response_feedback: ResponseFeedbackValue;
	standby: StandbyValue;
}

export type InstagramFieldName = keyof FieldValues;

/** The fields sent in `entry[].changes`. */
export type ChangesFieldName =
	| "comments"
	| "live_comments"
	| "mentions"
	| "story_insights";

/** An entry of a `changes` delivery, as it is on the wire. */
export interface ChangesEntry {
	/** The Instagram account it happened to. */
	id: string;
	/** When it was sent, in Unix seconds. */
	time: number;
	changes: {
		[F in ChangesFieldName]: { value: FieldValues[F]; field: F };
	}[ChangesFieldName][];
	messaging?: never;
	standby?: never;
}

/** An entry of a messaging delivery; `standby` for conversations of another app. */
export interface MessagingEntry {
	id: string;
	/** When it was sent, in Unix milliseconds. */
	time: number;
	messaging?: FieldValues[Exclude<
		InstagramFieldName,
		ChangesFieldName | "standby"
	>][];
	standby?: StandbyValue[];
	changes?: never;
}

/** The body of a delivery. */
export interface DeliveryPayload {
	object: "instagram";
	entry: (ChangesEntry | MessagingEntry)[];
}
