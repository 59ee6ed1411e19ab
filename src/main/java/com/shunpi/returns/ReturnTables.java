package com.shunpi.returns;

import com.shunpi.masterdata.Grade;
import com.shunpi.shared.RefusedException;
import com.shunpi.workflow.DecisionTables;
import com.shunpi.workflow.Directory;
import com.shunpi.workflow.Groups;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.springframework.stereotype.Component;

/**
 * The decision tables of returns: how severe one is (T9), and who has to approve (T4). Two things are no matter of the
 * table: without a fault the general manager always decides (T2), and what the table forgot goes to him as well.
 */
@Component
class ReturnTables {

    static final String APPROVAL = "returns-approval";
    static final String GRADES = "returns-grades";

    /** The groups a table may name, in the order in which they are asked. */
    static final List<String> SENIORITY = List.of(Groups.SALES_MANAGER, Groups.SALES_DIRECTOR, Groups.GENERAL_MANAGER);

    private static final Map<String, String> ONE_UP = Map.of(
            Groups.SALES_MANAGER, Groups.SALES_DIRECTOR,
            Groups.SALES_DIRECTOR, Groups.GENERAL_MANAGER,
            Groups.GENERAL_MANAGER, Groups.SALES_DIRECTOR);

    private static final int LATEST_ANSWER_MINUTES = 60;
    private static final int LATEST_PROPOSAL_MINUTES = 24 * 60;

    private final DecisionTables tables;
    private final Directory directory;

    ReturnTables(DecisionTables tables, Directory directory) {
        this.tables = tables;
        this.directory = directory;
    }

    /**
     * How severe it is and how fast it has to go.
     *
     * @param amount what the goods were sold for, CNY
     * @throws IllegalStateException when the table has no row for it
     */
    ReturnGrade grade(ReturnReason reason, BigDecimal amount, Grade customer) {
        List<Map<String, Object>> rows =
                tables.latest(GRADES).ask(Map.of("reason", reason.code(), "amount", amount, "grade", customer.name()));
        if (rows.isEmpty()) {
            throw new IllegalStateException("决策表 " + GRADES + " 没有适用于 " + reason.code() + " " + amount + " 的行");
        }
        Map<String, Object> row = rows.get(0);
        return new ReturnGrade(
                (String) row.get("severity"),
                // T9 is the limit, the table can only be stricter
                Math.min(LATEST_ANSWER_MINUTES, number(row, "answerMinutes")),
                Math.min(LATEST_PROPOSAL_MINUTES, number(row, "proposalMinutes")),
                number(row, "arrivalDays"),
                number(row, "chaseDays"));
    }

    private static int number(Map<String, Object> row, String column) {
        if (row.get(column) instanceof Number number) {
            return number.intValue();
        }
        throw new IllegalStateException("决策表 " + GRADES + " 的 " + column + " 不是数字");
    }

    int approvalVersion() {
        return tables.latest(APPROVAL).version();
    }

    /** The people of a role, by id. */
    Set<String> holders(String role) {
        return directory.membersOf(role).stream().map(Directory.Person::id).collect(Collectors.toSet());
    }

    /**
     * Who has to approve, in order; at least one.
     *
     * @param fault whether it counts as a quality fault, wrong delivery or transport damage
     * @param amount what the goods were sold for, CNY
     * @param givesFirst whether the customer gets something before, or without, giving the goods back
     * @param parties who applied and who proposed: neither decides
     */
    List<ApprovalStep> steps(
            ReturnReason reason, boolean fault, BigDecimal amount, boolean givesFirst, Set<String> parties) {
        Map<String, Set<String>> reasons = new LinkedHashMap<>();
        for (Map<String, Object> row : tables.latest(APPROVAL)
                .ask(Map.of("reason", reason.code(), "fault", fault, "amount", amount, "givesFirst", givesFirst))) {
            String role = (String) row.get("approver");
            boolean known = SENIORITY.contains(role);
            add(
                    reasons,
                    known ? role : Groups.GENERAL_MANAGER,
                    known ? (String) row.get("reason") : "决策表写了未知的审批人：" + role,
                    parties);
        }
        if (reasons.isEmpty()) {
            add(reasons, Groups.GENERAL_MANAGER, "决策表没有规定这种情况", parties);
        }
        if (!fault && !reasons.containsKey(Groups.GENERAL_MANAGER)) {
            add(reasons, Groups.GENERAL_MANAGER, "没有质量问题、发错货或运输损坏，原则上不退，只有总经理能特批", parties);
        }
        if (!fault && !reasons.containsKey(Groups.GENERAL_MANAGER)) {
            throw RefusedException.conflict("没有质量问题、发错货或运输损坏的退换货只有总经理能批，总经理本人不能申请或提方案。");
        }
        List<ApprovalStep> steps = new ArrayList<>();
        for (String role : SENIORITY) {
            if (reasons.containsKey(role)) {
                steps.add(new ApprovalStep(role, List.copyOf(reasons.get(role))));
            }
        }
        return steps;
    }

    private void add(Map<String, Set<String>> reasons, String role, String reason, Set<String> parties) {
        String decider = decider(role, parties);
        String text = decider.equals(role)
                ? reason
                : reason + "（" + directory.groupNameOf(role) + "为申请人本人或无人，改由" + directory.groupNameOf(decider) + "审批）";
        reasons.computeIfAbsent(decider, any -> new LinkedHashSet<>()).add(text);
    }

    /** The role itself, or the next one up in which there is anybody but who asks. */
    private String decider(String role, Set<String> parties) {
        Set<String> tried = new LinkedHashSet<>();
        for (String next = role; tried.add(next); next = ONE_UP.get(next)) {
            if (!parties.containsAll(holders(next))) {
                return next;
            }
        }
        throw RefusedException.conflict("没有可以审批的人：申请人以外没有" + directory.groupNameOf(role) + "或更高的审批人。");
    }
}
