package com.shunpi.workflow;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.shunpi.decision.DecisionLog;
import com.shunpi.shared.RefusedException;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.camunda.bpm.engine.IdentityService;
import org.springframework.http.HttpStatus;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** Accounts over HTTP: who is there, and freezing a leaver's (A4). For administrators and the general manager. */
@RestController
@RequestMapping("/api/accounts")
@Tag(name = "账号")
class AccountController {

    private static final String[] KEEPERS = {Groups.ADMIN, Groups.GENERAL_MANAGER};

    /** @param openTasks tasks he has claimed and not done yet */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Account(String userId, String name, List<String> groups, long openTasks, Frozen frozen) {}

    record Frozen(String successor, String successorName, String reason, String frozenBy, Instant frozenAt) {}

    /** @param comment the reason; null where none is asked for */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Change(Instant at, String step, String stepName, String actor, String comment, Map<String, ?> facts) {}

    record Leave(String successor, String reason) {}

    record Reason(String reason) {}

    /** @param tasks what became of each open task */
    record Left(String userId, String successor, List<Leavers.Moved> tasks) {}

    private final Leavers leavers;
    private final FrozenAccounts accounts;
    private final Directory directory;
    private final IdentityService identityService;
    private final JdbcClient jdbc;
    private final CurrentActor actor;
    private final EngineAccess engine;
    private final DecisionLog decisions;

    AccountController(
            Leavers leavers,
            FrozenAccounts accounts,
            Directory directory,
            IdentityService identityService,
            JdbcClient jdbc,
            CurrentActor actor,
            EngineAccess engine,
            DecisionLog decisions) {
        this.leavers = leavers;
        this.accounts = accounts;
        this.directory = directory;
        this.identityService = identityService;
        this.jdbc = jdbc;
        this.actor = actor;
        this.engine = engine;
        this.decisions = decisions;
    }

    @GetMapping
    @Operation(summary = "全部账号、所属部门、在办任务数，以及是否冻结")
    List<Account> list() {
        actor.mustBeIn(KEEPERS);
        return engine.asSystem(this::accounts);
    }

    private List<Account> accounts() {
        Map<String, List<String>> groups = jdbc
                .sql("select user_id_, group_id_ from act_id_membership order by group_id_")
                .query((row, number) -> Map.entry(row.getString(1), directory.groupNameOf(row.getString(2))))
                .list()
                .stream()
                .collect(Collectors.groupingBy(
                        Map.Entry::getKey, Collectors.mapping(Map.Entry::getValue, Collectors.toList())));
        Map<String, Long> open = jdbc
                .sql("select assignee_, count(*) from act_ru_task where assignee_ is not null group by assignee_")
                .query((row, number) -> Map.entry(row.getString(1), row.getLong(2)))
                .list()
                .stream()
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
        Map<String, FrozenAccounts.Frozen> frozen = accounts.all();
        Map<String, String> names = identityService.createUserQuery().orderByUserId().asc().list().stream()
                .map(Directory::person)
                .collect(Collectors.toMap(
                        Directory.Person::id, Directory.Person::name, (one, other) -> one, TreeMap::new));
        return names.entrySet().stream()
                .map(user -> new Account(
                        user.getKey(),
                        user.getValue(),
                        groups.getOrDefault(user.getKey(), List.of()),
                        open.getOrDefault(user.getKey(), 0L),
                        frozen(frozen.get(user.getKey()), names)))
                .toList();
    }

    private static Frozen frozen(FrozenAccounts.Frozen frozen, Map<String, String> names) {
        return frozen == null
                ? null
                : new Frozen(
                        frozen.successor(),
                        names.getOrDefault(frozen.successor(), frozen.successor()),
                        frozen.reason(),
                        frozen.frozenBy(),
                        frozen.frozenAt());
    }

    @GetMapping("/{userId}/record")
    @Operation(summary = "账号的变更记录：谁在何时设置密码、调整部门、冻结等")
    List<Change> record(@PathVariable String userId) {
        actor.mustBeIn(KEEPERS);
        return decisions.of(AccountRecord.numberOf(userId)).stream()
                .map(entry -> new Change(
                        entry.at(),
                        entry.step(),
                        entry.stepName(),
                        entry.actor(),
                        entry.comment(),
                        inWords(entry.facts())))
                .toList();
    }

    private Map<String, ?> inWords(Map<String, ?> facts) {
        return facts.get("group") instanceof String group ? Map.of("group", directory.groupNameOf(group)) : facts;
    }

    @PostMapping("/{userId}/freeze")
    @Operation(summary = "员工离职：立即冻结账号，在办任务一并移交")
    Left freeze(@PathVariable String userId, @RequestBody Leave leave) {
        actor.mustBeIn(KEEPERS);
        return new Left(userId, leave.successor(), leavers.freeze(userId, leave.successor(), required(leave.reason())));
    }

    @PostMapping("/{userId}/unfreeze")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    @Operation(summary = "解冻账号；已移交的任务不退回")
    void unfreeze(@PathVariable String userId, @RequestBody Reason reason) {
        actor.mustBeIn(KEEPERS);
        leavers.unfreeze(userId, required(reason.reason()));
    }

    private static String required(String reason) {
        String text = reason == null ? "" : reason.strip();
        if (text.isEmpty() || text.length() > 1000) {
            throw RefusedException.invalid("reason", "请填写原因（不超过 1000 个字）。");
        }
        return text;
    }
}
