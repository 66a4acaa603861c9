import { showAuthor } from "../api/nodes/content-nodes.ts";
import type { Comment, SandboxState } from "../simulation/state.ts";

/**
 * The value of a `comments` or `live_comments` change, in Meta's key order
 * (README: Deliveries). The media of a comment on an album is the picture: the
 * notification does not tell the album's id.
 */
export function commentValue(
	{ id, mediaId, author, text, parentId }: Comment,
	state: SandboxState,
): Record<string, unknown> {
	const media = state.media.get(mediaId);
	return {
		from: showAuthor(author, state),
		media: {
			id: mediaId,
			media_product_type: media?.productType,
			...(media?.ad && {
				ad_id: media.ad.id,
				ad_title: media.ad.title,
				original_media_id: media.ad.originalMediaId,
			}),
		},
		id,
		...(parentId !== undefined && { parent_id: parentId }),
		text,
	};
}
