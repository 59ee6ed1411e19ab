package com.shunpi.workflow;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Date;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.camunda.bpm.engine.ProcessEngine;
import org.camunda.bpm.webapp.impl.security.auth.Authentications;
import org.camunda.bpm.webapp.impl.security.auth.UserAuthentication;
import org.camunda.bpm.webapp.impl.security.filter.util.CsrfConstants;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.context.SecurityContext;
import org.springframework.security.core.context.SecurityContextImpl;
import org.springframework.security.web.context.HttpSessionSecurityContextRepository;
import org.springframework.session.MapSession;
import org.springframework.session.SessionRepository;
import org.springframework.stereotype.Component;

/**
 * Keeps logins in the table {@code login_session}, so that any server can go and nobody is logged out (ADR 0032). Only what is
 * named here is kept, as plain columns: no object is serialized, and a session in which nobody has logged in is not kept at
 * all. A request reads one row; it writes only when something changed, or when the last use was more than a minute ago.
 */
@Component
class LoginSessions implements SessionRepository<MapSession> {

    /** How far behind the time of the last use may be; a session may end that much too early. */
    private static final Duration TOUCH_AFTER = Duration.ofMinutes(1);

    private static final int LONGEST_ID_TOKEN = 4000;

    private static final String LOGIN = HttpSessionSecurityContextRepository.SPRING_SECURITY_CONTEXT_KEY;
    private static final String WEBAPP_TOKEN = CsrfConstants.CSRF_TOKEN_SESSION_ATTR_NAME;
    private static final String WEBAPP_LOGIN = "authenticatedUser";
    private static final String ROW = LoginSessions.class.getName();

    private final JdbcClient jdbc;
    private final ProcessEngine engine;
    private final Clock clock;
    private final Duration timeout;

    LoginSessions(
            JdbcClient jdbc,
            ProcessEngine engine,
            Clock clock,
            @Value("${server.servlet.session.timeout}") Duration timeout) {
        this.jdbc = jdbc;
        this.engine = engine;
        this.clock = clock;
        this.timeout = timeout;
    }

    /** The row as it was read, for this request alone. */
    private record Row(String id, Instant usedAt, Kept kept) {}

    /**
     * What is kept of a session.
     *
     * @param idToken what the company's provider signed, for ending its session too; null for a login with a password
     * @param token the web applications' token against cross-site requests; null before the first visit there
     * @param access null when the web applications have not looked his rights up yet
     */
    private record Kept(String user, String idToken, String token, Access access) {}

    /** What the web applications found out about the user, and until when they believe it. */
    private record Access(Set<String> groups, Set<String> apps, Instant until) {}

    @Override
    public MapSession createSession() {
        MapSession session = new MapSession();
        session.setMaxInactiveInterval(timeout);
        return session;
    }

    @Override
    public MapSession findById(String id) {
        String key = key(id);
        return jdbc.sql("select user_id, id_token, used_at, webapp_token, webapp_groups, webapp_apps, webapp_until"
                        + " from login_session where id = ? and used_at > ?")
                .param(key)
                .param(timestamp(clock.instant().minus(timeout)))
                .query((found, number) -> row(key, found))
                .optional()
                .map(row -> session(id, row))
                .orElse(null);
    }

    @Override
    public void save(MapSession session) {
        Row before = session.getAttribute(ROW);
        Kept now = kept(session);
        String key = key(session.getId());
        Instant time = clock.instant();
        if (now == null) {
            if (before != null) {
                delete(before.id());
            }
        } else if (before == null) {
            write(
                    "insert into login_session (user_id, id_token, used_at, webapp_token, webapp_groups, webapp_apps,"
                            + " webapp_until, id) values (?, ?, ?, ?, ?, ?, ?, ?)",
                    now,
                    time,
                    List.of(key));
        } else if (!now.equals(before.kept()) || !key.equals(before.id())) {
            // one that was ended meanwhile stays ended
            write(
                    "update login_session set user_id = ?, id_token = ?, used_at = ?, webapp_token = ?,"
                            + " webapp_groups = ?, webapp_apps = ?, webapp_until = ?, id = ? where id = ?",
                    now,
                    time,
                    List.of(key, before.id()));
        } else if (before.usedAt().plus(TOUCH_AFTER).isBefore(time)) {
            jdbc.sql("update login_session set used_at = ? where id = ?")
                    .param(timestamp(time))
                    .param(key)
                    .update();
        } else {
            return;
        }
        session.setAttribute(ROW, now == null ? null : new Row(key, time, now));
    }

    @Override
    public void deleteById(String id) {
        delete(key(id));
    }

    /** Removes what nobody used for too long; on several servers whoever comes first. */
    @Scheduled(cron = "0 45 * * * *", zone = "Asia/Shanghai")
    int removeExpired() {
        return jdbc.sql("delete from login_session where used_at <= ?")
                .param(timestamp(clock.instant().minus(timeout)))
                .update();
    }

    private void delete(String key) {
        jdbc.sql("delete from login_session where id = ?").param(key).update();
    }

    private void write(String sql, Kept kept, Instant time, List<String> keys) {
        Access access = kept.access();
        jdbc.sql(sql)
                .param(kept.user())
                .param(kept.idToken())
                .param(timestamp(time))
                .param(kept.token())
                .param(access == null ? null : String.join(" ", access.groups()))
                .param(access == null ? null : String.join(" ", access.apps()))
                .param(access == null ? null : timestamp(access.until()))
                .params(keys)
                .update();
    }

    /** Null when nobody is logged in. */
    private Kept kept(MapSession session) {
        SecurityContext context = session.getAttribute(LOGIN);
        Authentication login = context == null ? null : context.getAuthentication();
        return login == null
                ? null
                : new Kept(
                        login.getName(),
                        idToken(login),
                        session.getAttribute(WEBAPP_TOKEN),
                        access(session, login.getName()));
    }

    /** Null as well for one that is longer than the column. */
    private static String idToken(Authentication login) {
        String token = CompanyLogin.idToken(login);
        return token == null || token.length() > LONGEST_ID_TOKEN ? null : token;
    }

    /** Null as well when they took him for somebody else, who sent a password along with this session. */
    private Access access(MapSession session, String user) {
        Authentications known = session.getAttribute(WEBAPP_LOGIN);
        if (known == null
                || !(known.getAuthenticationForProcessEngine(engine.getName()) instanceof UserAuthentication found)
                || !found.getIdentityId().equals(user)
                || found.getGroupIds() == null
                || found.getCacheValidationTime() == null) {
            return null;
        }
        return new Access(
                new TreeSet<>(found.getGroupIds()),
                new TreeSet<>(found.getAuthorizedApps()),
                found.getCacheValidationTime().toInstant());
    }

    private MapSession session(String id, Row row) {
        MapSession session = new MapSession(id);
        session.setMaxInactiveInterval(timeout);
        session.setAttribute(ROW, row);
        Kept kept = row.kept();
        // the groups are read anew with each request: EngineIdentityFilter
        session.setAttribute(
                LOGIN,
                new SecurityContextImpl(
                        kept.idToken() == null
                                ? UsernamePasswordAuthenticationToken.authenticated(kept.user(), null, List.of())
                                : CompanyLogin.login(kept.user(), kept.idToken())));
        session.setAttribute(WEBAPP_TOKEN, kept.token());
        if (kept.access() != null) {
            UserAuthentication known = new UserAuthentication(kept.user(), engine.getName());
            known.setGroupIds(List.copyOf(kept.access().groups()));
            known.setTenantIds(List.of());
            known.setAuthorizedApps(kept.access().apps());
            known.setCacheValidationTime(Date.from(kept.access().until()));
            Authentications authentications = new Authentications();
            authentications.addOrReplace(known);
            session.setAttribute(WEBAPP_LOGIN, authentications);
        }
        return session;
    }

    private static Row row(String key, ResultSet found) throws SQLException {
        Instant until = instant(found, "webapp_until");
        Access access = until == null
                ? null
                : new Access(words(found.getString("webapp_groups")), words(found.getString("webapp_apps")), until);
        return new Row(
                key,
                instant(found, "used_at"),
                new Kept(
                        found.getString("user_id"),
                        found.getString("id_token"),
                        found.getString("webapp_token"),
                        access));
    }

    private static Set<String> words(String text) {
        return text.isEmpty() ? new TreeSet<>() : new TreeSet<>(List.of(text.split(" ")));
    }

    private static Instant instant(ResultSet found, String column) throws SQLException {
        OffsetDateTime time = found.getObject(column, OffsetDateTime.class);
        return time == null ? null : time.toInstant();
    }

    private static OffsetDateTime timestamp(Instant time) {
        return time.atOffset(ZoneOffset.UTC);
    }

    private static String key(String id) {
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256").digest(id.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
