//! Kinds of problems of messages.

gateway::problem_kinds! { at "/api/react/problems";
    /// There is no such message.
    MESSAGE_NOT_FOUND: "message-not-found", NOT_FOUND, "没有这条通知" / "no such message",
        "请核对通知编号。" / "Check the message's id.";
    /// Only what could not be delivered is sent again.
    MESSAGE_NOT_DEAD: "message-not-dead", CONFLICT, "这条通知不是未送达状态" / "the message is not dead",
        "只有未送达的通知可以重发；待发送的通知会自动发送。" / "Only a message that could not be delivered is sent again; one that waits is sent by itself.";
}
