/**
 * The names Meta uses on its two edges. An app subscribes to *Instagram* fields
 * (`POST /{app-id}/subscriptions`), a page to *page* fields
 * (`POST /{page-id}/subscribed_apps`); mixing them up is the commonest slip.
 * Source: Meta's reference of the `instagram` object (v25.0) and the
 * `Page.SubscribedFields` enum of its Business SDK.
 */
export interface InstagramField {
	container: "changes" | "messaging" | "standby";
	/** What a person grants the app for it, with Facebook Login. */
	permissions: readonly string[];
}

const pages = [
	"pages_manage_metadata",
	"pages_read_engagement",
	"pages_show_list",
] as const;
const commenting = ["instagram_basic", "instagram_manage_comments", ...pages];
const insights = ["instagram_basic", "instagram_manage_insights", ...pages];
const messaging = ["instagram_basic", "instagram_manage_messages", ...pages];

export const instagramFields: Readonly<Record<string, InstagramField>> = {
	comments: { container: "changes", permissions: commenting },
	live_comments: { container: "changes", permissions: commenting },
	mentions: { container: "changes", permissions: commenting },
	story_insights: { container: "changes", permissions: insights },
	messages: { container: "messaging", permissions: messaging },
	message_echoes: { container: "messaging", permissions: messaging },
	message_edit: { container: "messaging", permissions: messaging },
	message_reactions: { container: "messaging", permissions: messaging },
	messaging_handover: { container: "messaging", permissions: messaging },
	messaging_optins: { container: "messaging", permissions: messaging },
	messaging_policy_enforcement: {
		container: "messaging",
		permissions: messaging,
	},
	messaging_postbacks: { container: "messaging", permissions: messaging },
	messaging_referral: { container: "messaging", permissions: messaging },
	messaging_seen: { container: "messaging", permissions: messaging },
	response_feedback: { container: "messaging", permissions: messaging },
	standby: { container: "standby", permissions: messaging },
};

const facebookLoginOnly = new Set([
	"mentions",
	"story_insights",
	"messaging_policy_enforcement",
	"response_feedback",
]);
const businessComments = [
	"instagram_business_basic",
	"instagram_business_manage_comments",
];
const businessMessages = [
	"instagram_business_basic",
	"instagram_business_manage_messages",
];

/**
 * What an account subscribes to with Instagram Login
 * (`POST /{ig-user-id}/subscribed_apps`), and what is granted for it: neither
 * `mentions` nor `story_insights` are among them.
 */
export const instagramLoginFields: Readonly<Record<string, InstagramField>> =
	Object.fromEntries(
		Object.entries(instagramFields)
			.filter(([name]) => !facebookLoginOnly.has(name))
			.map(([name, { container }]) => [
				name,
				{
					container,
					permissions:
						container === "changes" ? businessComments : businessMessages,
				},
			]),
	);

/** The fields of Meta's page "Webhooks for Instagram". */
export const defaultInstagramFields = [
	"comments",
	"live_comments",
	"mentions",
	"story_insights",
] as const;

export const pageFields: ReadonlySet<string> = new Set(
	`affiliation agent_messages agent_questions attire awards bio birthday
	business_integrity call_permission_reply call_settings_update calls category
	checkins comment_poll_response company_overview conversations culinary_team
	current_location description email feature_access_list feed follow founded
	general_info general_manager group_feed hometown hours inbox_labels
	invalid_topic_placeholder invoice_access_bank_slip_events
	invoice_access_invoice_change invoice_access_invoice_draft_change
	invoice_access_onboarding_status_active leadgen leadgen_fat leadgen_update
	live_videos local_delivery location marketing_message_clicks
	marketing_message_deliveries marketing_message_delivery_failed
	marketing_message_echoes marketing_message_reads
	marketing_messages_subscriber_upload_status mcom_invoice_change members
	mention merchant_review message_context message_deliveries message_echoes
	message_edits message_mention message_reactions message_reads
	message_template_status_update messages messaging_account_linking
	messaging_appointments messaging_checkout_updates
	messaging_customer_information messaging_direct_sends
	messaging_fblogin_account_linking messaging_feedback messaging_game_plays
	messaging_handovers messaging_in_thread_lead_form_submit messaging_integrity
	messaging_optins messaging_optouts messaging_payments
	messaging_policy_enforcement messaging_postbacks messaging_pre_checkouts
	messaging_referrals mission name page_about_story page_change_proposal
	page_upcoming_change parking payment_options payment_request_update
	personal_info personal_interests phone picture price_range product_review
	products public_transit publisher_subscriptions ratings registration
	response_feedback send_cart standby story_poll_response story_share
	user_action video_text_question_responses videos website`.split(/\s+/),
);
