export { mentionLines as view } from "../../mentions/mention-view.ts";
