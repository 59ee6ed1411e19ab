package com.shunpi.pricing;

import com.shunpi.masterdata.Grade;
import com.shunpi.shared.RefusedException;
import com.shunpi.workflow.DecisionTables;
import com.shunpi.workflow.Directory;
import com.shunpi.workflow.Groups;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.springframework.stereotype.Component;

/**
 * Who has to approve (P2). The decision table {@code special-price-level} is asked once per line; each row that is hit asks
 * for a step, and all of them together, in the order of seniority, are the steps. Two things are no matter of the table:
 * below cost the general manager and finance always sign, and what the table forgot goes to them as well.
 */
@Component
class PriceLevels {

    static final String TABLE = "special-price-level";

    /** The groups a table may name, the least senior first. */
    static final List<String> SENIORITY =
            List.of(Groups.SALES_MANAGER, Groups.SALES_DIRECTOR, Groups.FINANCE, Groups.GENERAL_MANAGER);

    private static final Map<String, String> ONE_UP = Map.of(
            Groups.SALES_MANAGER, Groups.SALES_DIRECTOR,
            Groups.SALES_DIRECTOR, Groups.GENERAL_MANAGER,
            Groups.GENERAL_MANAGER, Groups.FINANCE,
            Groups.FINANCE, Groups.GENERAL_MANAGER);

    static final String WITHIN_AUTHORITY = "none";
    private static final Set<String> SAFE = Set.of(Groups.GENERAL_MANAGER, Groups.FINANCE);

    private record Criterion(Set<String> roles, String reason) {}

    private final DecisionTables tables;
    private final Directory directory;

    PriceLevels(DecisionTables tables, Directory directory) {
        this.tables = tables;
        this.directory = directory;
    }

    /** The people of a role, by id. */
    Set<String> holders(String role) {
        return directory.membersOf(role).stream().map(Directory.Person::id).collect(Collectors.toSet());
    }

    /** Asks the table that is in force now. */
    Asking ask(PriceQuestion question) {
        return new Asking(tables.latest(TABLE), question);
    }

    /** Asks the table as it was when the request was sent. */
    Asking ask(int version, PriceQuestion question) {
        return new Asking(tables.version(TABLE, version), question);
    }

    /** One question, with what is looked up for it once. */
    final class Asking {

        private final DecisionTables.Table table;
        private final PriceQuestion question;
        private final BigDecimal amount;
        private final Map<String, String> deciders = new HashMap<>();
        private final Map<PriceQuestion.Line, List<Criterion>> asked = new HashMap<>();

        private Asking(DecisionTables.Table table, PriceQuestion question) {
            this.table = table;
            this.question = question;
            amount = question.amount();
        }

        int tableVersion() {
            return table.version();
        }

        /** The steps, in order; none when the whole is within authority. */
        List<PriceStep> steps() {
            return steps(question.lines());
        }

        /** The steps if the lines were these; the amount of the request is not changed by a price. */
        List<PriceStep> steps(List<PriceQuestion.Line> lines) {
            Map<Criterion, Set<String>> hit = new LinkedHashMap<>();
            for (PriceQuestion.Line line : lines) {
                for (Criterion criterion : criteria(line)) {
                    hit.computeIfAbsent(criterion, any -> new LinkedHashSet<>())
                            .add(line.priced().productCode());
                }
            }
            Set<String> products =
                    lines.stream().map(line -> line.priced().productCode()).collect(Collectors.toSet());
            Map<Integer, PriceStep> steps = new TreeMap<>();
            hit.forEach((criterion, concerned) -> {
                if (!criterion.roles().isEmpty()) {
                    boolean all = concerned.size() == products.size();
                    String reason = all ? criterion.reason() : String.join("、", concerned) + " " + criterion.reason();
                    steps.merge(rank(criterion.roles()), step(criterion.roles(), List.of(reason)), Asking::joined);
                }
            });
            return steps.values().stream()
                    .filter(step -> steps.values().stream()
                            .noneMatch(other -> other != step && other.roles().containsAll(step.roles())))
                    .toList();
        }

        /** The roles that the line alone would ask. */
        Set<String> roles(PriceQuestion.Line line) {
            return criteria(line).stream()
                    .flatMap(criterion -> criterion.roles().stream())
                    .collect(Collectors.toSet());
        }

        private static int rank(Collection<String> roles) {
            return roles.stream().mapToInt(SENIORITY::indexOf).max().orElse(-1);
        }

        private static PriceStep step(Collection<String> roles, List<String> reasons) {
            return new PriceStep(
                    roles.stream()
                            .distinct()
                            .sorted(Comparator.comparingInt(SENIORITY::indexOf))
                            .toList(),
                    reasons);
        }

        private static PriceStep joined(PriceStep one, PriceStep other) {
            Set<String> roles = new LinkedHashSet<>(one.roles());
            roles.addAll(other.roles());
            List<String> reasons = new ArrayList<>(one.reasons());
            reasons.addAll(other.reasons());
            return step(roles, reasons);
        }

        private List<Criterion> criteria(PriceQuestion.Line line) {
            return asked.computeIfAbsent(line, this::askTable);
        }

        private List<Criterion> askTable(PriceQuestion.Line line) {
            List<Criterion> criteria = new ArrayList<>();
            for (Grade grade : question.grades()) {
                criteria.addAll(askTable(line, grade));
            }
            return criteria;
        }

        private List<Criterion> askTable(PriceQuestion.Line line, Grade grade) {
            List<Map<String, Object>> rows = table.ask(Map.of(
                    "depth", line.depth(),
                    "amount", amount,
                    "margin", line.margin(),
                    "grade", grade.name(),
                    "belowCost", line.isBelowCost()));
            List<Criterion> criteria = new ArrayList<>();
            for (Map<String, Object> row : rows) {
                criteria.add(criterion((String) row.get("approver"), (String) row.get("reason")));
            }
            if (criteria.isEmpty()) {
                criteria.add(criterion(SAFE, "决策表没有规定这种情况"));
            }
            boolean safe =
                    criteria.stream().anyMatch(criterion -> criterion.roles().containsAll(resolved(SAFE)));
            if (line.isBelowCost() && !safe) {
                criteria.add(criterion(SAFE, "低于成本价，总经理和财务会签"));
            }
            return criteria;
        }

        private Criterion criterion(String approver, String reason) {
            Set<String> roles = Arrays.stream(String.valueOf(approver).split("&"))
                    .map(String::strip)
                    .collect(Collectors.toCollection(LinkedHashSet::new));
            if (roles.equals(Set.of(WITHIN_AUTHORITY))) {
                return new Criterion(Set.of(), reason);
            }
            boolean known = SENIORITY.containsAll(roles);
            return known ? criterion(roles, reason) : criterion(SAFE, "决策表写了未知的审批人：" + approver);
        }

        private Criterion criterion(Set<String> roles, String reason) {
            Set<String> resolved = resolved(roles);
            List<String> moved = roles.stream()
                    .filter(role -> !decider(role).equals(role))
                    .map(role ->
                            directory.groupNameOf(role) + "为申请人本人或无人，改由" + directory.groupNameOf(decider(role)) + "审批")
                    .toList();
            return new Criterion(resolved, moved.isEmpty() ? reason : reason + "（" + String.join("，", moved) + "）");
        }

        private Set<String> resolved(Set<String> roles) {
            return roles.stream().map(this::decider).collect(Collectors.toSet());
        }

        /** The role itself, or the next one up in which there is anybody but who asks. */
        private String decider(String role) {
            return deciders.computeIfAbsent(role, this::findDecider);
        }

        private String findDecider(String role) {
            Set<String> tried = new LinkedHashSet<>();
            for (String next = role; tried.add(next); next = ONE_UP.get(next)) {
                if (!question.parties().containsAll(holders(next))) {
                    return next;
                }
            }
            throw RefusedException.conflict("没有可以审批的人：申请人以外没有" + directory.groupNameOf(role) + "或更高的审批人。");
        }
    }
}
