package io.parley.wire;

import io.parley.codec.ByteReader;
import org.jspecify.annotations.Nullable;

/** Which type is which frame, for either direction. No state, for any thread. */
final class FrameTypes {
    private FrameTypes() {}

    static @Nullable ClientFrame clientFrame(int type, ByteReader in) {
        return switch (type) {
            case Hello.TYPE -> Hello.decode(in);
            case Response.TYPE -> Response.decode(in);
            case Ping.TYPE -> Ping.decode(in);
            case Pong.TYPE -> Pong.decode(in);
            case Bye.TYPE -> Bye.decode(in);
            case Join.TYPE -> Join.decode(in);
            case Leave.TYPE -> Leave.decode(in);
            case Continue.TYPE -> Continue.decode(in);
            case History.TYPE -> History.decode(in);
            case Search.TYPE -> Search.decode(in);
            case SetTopic.TYPE -> SetTopic.decode(in);
            case Members.TYPE -> Members.decode(in);
            case Rooms.TYPE -> Rooms.decode(in);
            case Moderate.TYPE -> Moderate.decode(in);
            case Configure.TYPE -> Configure.decode(in);
            case Direct.TYPE -> Direct.decode(in);
            case Nick.TYPE -> Nick.decode(in);
            case Say.TYPE -> Say.decode(in);
            case Find.TYPE -> Find.decode(in);
            case Bans.TYPE -> Bans.decode(in);
            case Ignore.TYPE -> Ignore.decode(in);
            case AllowDirect.TYPE -> AllowDirect.decode(in);
            case Read.TYPE -> Read.decode(in);
            case Mine.TYPE -> Mine.decode(in);
            case Password.TYPE -> Password.decode(in);
            case Typing.TYPE -> Typing.decode(in);
            default -> unknown(type, in);
        };
    }

    static @Nullable ServerFrame serverFrame(int type, ByteReader in) {
        return switch (type) {
            case Challenge.TYPE -> Challenge.decode(in);
            case Welcome.TYPE -> Welcome.decode(in);
            case Refused.TYPE -> Refused.decode(in);
            case Resumed.TYPE -> Resumed.decode(in);
            case Ping.TYPE -> Ping.decode(in);
            case Pong.TYPE -> Pong.decode(in);
            case Bye.TYPE -> Bye.decode(in);
            case Goaway.TYPE -> Goaway.decode(in);
            case Ok.TYPE -> Ok.decode(in);
            case Failed.TYPE -> Failed.decode(in);
            case Rejected.TYPE -> Rejected.decode(in);
            case Joined.TYPE -> Joined.decode(in);
            case Left.TYPE -> Left.decode(in);
            case HistoryPage.TYPE -> HistoryPage.decode(in);
            case MemberPage.TYPE -> MemberPage.decode(in);
            case RoomPage.TYPE -> RoomPage.decode(in);
            case Named.TYPE -> Named.decode(in);
            case Found.TYPE -> Found.decode(in);
            case BanPage.TYPE -> BanPage.decode(in);
            case MinePage.TYPE -> MinePage.decode(in);
            case Message.TYPE -> Message.decode(in);
            case TopicChanged.TYPE -> TopicChanged.decode(in);
            case Moderated.TYPE -> Moderated.decode(in);
            case Configured.TYPE -> Configured.decode(in);
            case Renamed.TYPE -> Renamed.decode(in);
            case Ack.TYPE -> Ack.decode(in);
            case Gap.TYPE -> Gap.decode(in);
            case RoomClosed.TYPE -> RoomClosed.decode(in);
            case Opened.TYPE -> Opened.decode(in);
            case Notice.TYPE -> Notice.decode(in);
            case Presence.TYPE -> Presence.decode(in);
            case TypingNotice.TYPE -> TypingNotice.decode(in);
            case ReadMarker.TYPE -> ReadMarker.decode(in);
            default -> unknown(type, in);
        };
    }

    private static @Nullable Unknown unknown(int type, ByteReader in) {
        return (type & Wire.IGNORABLE) != 0 ? null : Unknown.decode(type, in);
    }
}
