/** The path of igwh's receiver; assumed of a user's app too where only its port is given. */
export const webhookPath = "/webhook";
