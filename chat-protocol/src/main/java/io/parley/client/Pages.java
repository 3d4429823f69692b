package io.parley.client;

import io.parley.client.PendingRequests.WhenLost;
import io.parley.model.Member;
import io.parley.model.MyRoom;
import io.parley.model.RestrictionItem;
import io.parley.model.RoomItem;
import io.parley.wire.BanPage;
import io.parley.wire.Bans;
import io.parley.wire.MemberPage;
import io.parley.wire.Members;
import io.parley.wire.Mine;
import io.parley.wire.MinePage;
import io.parley.wire.RoomPage;
import io.parley.wire.Rooms;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;

/** Lists that the server gives a page at a time, as long as the caller wants them. No state, for any thread. */
final class Pages {
    private static final int MINE_A_PAGE = 50;

    private Pages() {}

    static CompletableFuture<List<RoomItem>> rooms(
            PendingRequests requests, String after, int limit, List<RoomItem> before) {
        CompletableFuture<RoomPage> asked =
                requests.ask(id -> new Rooms(id, after, limit), null, WhenLost.REPEAT, RoomPage.class::cast);
        return asked.thenCompose(page -> {
            List<RoomItem> all = joined(before, page.rooms());
            int left = limit - page.rooms().size();
            return page.more() && left > 0 && !page.rooms().isEmpty()
                    ? rooms(requests, all.get(all.size() - 1).name(), left, all)
                    : CompletableFuture.completedFuture(all);
        });
    }

    static CompletableFuture<List<MyRoom>> mine(PendingRequests requests, String after, List<MyRoom> before) {
        CompletableFuture<MinePage> asked =
                requests.ask(id -> new Mine(id, after, MINE_A_PAGE), null, WhenLost.REPEAT, MinePage.class::cast);
        return asked.thenCompose(page -> {
            List<MyRoom> all = joined(before, page.rooms());
            return page.next().isEmpty() ? CompletableFuture.completedFuture(all) : mine(requests, page.next(), all);
        });
    }

    static CompletableFuture<List<Member>> members(
            PendingRequests requests, Place place, String after, int limit, List<Member> before) {
        CompletableFuture<MemberPage> asked = requests.ask(
                id -> new Members(id, place.room(), after, limit), place, WhenLost.REPEAT, MemberPage.class::cast);
        return asked.thenCompose(page -> {
            List<Member> all = joined(before, page.members());
            int left = limit - page.members().size();
            return page.more() && left > 0 && !page.members().isEmpty()
                    ? members(requests, place, all.get(all.size() - 1).name(), left, all)
                    : CompletableFuture.completedFuture(all);
        });
    }

    static CompletableFuture<List<RestrictionItem>> restrictions(
            PendingRequests requests, Place place, long after, int limit, List<RestrictionItem> before) {
        CompletableFuture<BanPage> asked = requests.ask(
                id -> new Bans(id, place.room(), after, limit), place, WhenLost.REPEAT, BanPage.class::cast);
        return asked.thenCompose(page -> {
            List<RestrictionItem> all = joined(before, page.restrictions());
            int left = limit - page.restrictions().size();
            return page.more() && left > 0 && !page.restrictions().isEmpty()
                    ? restrictions(requests, place, all.get(all.size() - 1).number(), left, all)
                    : CompletableFuture.completedFuture(all);
        });
    }

    private static <T> List<T> joined(List<T> before, List<T> page) {
        return Stream.concat(before.stream(), page.stream()).toList();
    }
}
