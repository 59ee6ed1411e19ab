package com.shunpi.workflow;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** The table {@code frozen_account}: who has left, and who has taken over (A4). */
@Repository
class FrozenAccounts {

    /** @param successor who got the leaver's open tasks, and gets the mails meant for him */
    record Frozen(String userId, String successor, String reason, String frozenBy, Instant frozenAt) {}

    private static final String SELECT = "select user_id, successor, reason, frozen_by, frozen_at from frozen_account";

    private final JdbcClient jdbc;

    FrozenAccounts(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    boolean contains(String userId) {
        return find(userId).isPresent();
    }

    Optional<Frozen> find(String userId) {
        return jdbc.sql(SELECT + " where user_id = ?")
                .param(userId)
                .query(FrozenAccounts::frozen)
                .optional();
    }

    /** All of them, by user id. */
    Map<String, Frozen> all() {
        return jdbc.sql(SELECT + " order by user_id").query(FrozenAccounts::frozen).list().stream()
                .collect(Collectors.toMap(Frozen::userId, Function.identity()));
    }

    /** Who acts in the place of a user: himself, or whoever took over from him, however many have left since. */
    String successorOf(String userId) {
        Map<String, Frozen> all = all();
        String current = userId;
        // a successor is no leaver when he is named, so the chain ends; a table changed by hand may not
        for (int i = 0; i < all.size() && all.containsKey(current); i++) {
            current = all.get(current).successor();
        }
        return current;
    }

    void add(Frozen frozen) {
        jdbc.sql("insert into frozen_account (user_id, successor, reason, frozen_by, frozen_at) values (?, ?, ?, ?, ?)")
                .param(frozen.userId())
                .param(frozen.successor())
                .param(frozen.reason())
                .param(frozen.frozenBy())
                .param(frozen.frozenAt().atOffset(ZoneOffset.UTC))
                .update();
    }

    boolean remove(String userId) {
        return jdbc.sql("delete from frozen_account where user_id = ?")
                        .param(userId)
                        .update()
                > 0;
    }

    private static Frozen frozen(ResultSet row, int number) throws SQLException {
        return new Frozen(
                row.getString(1),
                row.getString(2),
                row.getString(3),
                row.getString(4),
                row.getObject(5, OffsetDateTime.class).toInstant());
    }
}
