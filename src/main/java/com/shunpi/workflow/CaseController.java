package com.shunpi.workflow;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.shunpi.decision.Decision;
import com.shunpi.decision.DecisionLog;
import com.shunpi.shared.RefusedException;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.camunda.bpm.engine.HistoryService;
import org.camunda.bpm.engine.TaskService;
import org.camunda.bpm.engine.history.HistoricProcessInstance;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** A case and its history (contract): from the decision record (A1), which outlives the engine's. */
@RestController
@RequestMapping("/api/cases")
@Tag(name = "案件")
class CaseController {

    /** Values that only those see who have business with prices (A5). */
    private static final Set<String> PRICED_FACTS =
            Set.of("amount", "lines", "holds", "differences", "budget", "promised", "balance");

    /** Where the goods go, for those who talk to the customer or send them (A5). */
    private static final Set<String> CONTACT_FACTS = Set.of("consignee", "phone", "address");

    /** What only those see who approve prices. */
    private static final String MARGINS = "margins";

    /** @param blind true when what was said and seen is hidden from the reader, who is to check it blind (V2) */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Entry(
            Instant at,
            String caseNumber,
            String process,
            String processVersion,
            String step,
            String stepName,
            String actor,
            String actorName,
            String onBehalfOf,
            String choice,
            String comment,
            Map<String, ?> facts,
            Boolean blind) {}

    record OpenTask(String id, String step, String name, String assignee, Instant due) {}

    /** @param state {@code active}, {@code suspended} or {@code ended}; null when the engine has forgotten the case */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Case(
            String businessKey,
            String process,
            Integer processVersion,
            String state,
            String stateLabel,
            Instant startedAt,
            Instant endedAt,
            List<Entry> decisions,
            List<OpenTask> tasks) {}

    private final HistoryService historyService;
    private final TaskService taskService;
    private final DecisionLog decisions;
    private final Directory directory;
    private final CurrentActor actor;
    private final EngineAccess engine;
    private final HiddenContent hidden;

    CaseController(
            HistoryService historyService,
            TaskService taskService,
            DecisionLog decisions,
            Directory directory,
            CurrentActor actor,
            EngineAccess engine,
            HiddenContent hidden) {
        this.historyService = historyService;
        this.taskService = taskService;
        this.decisions = decisions;
        this.directory = directory;
        this.actor = actor;
        this.engine = engine;
        this.hidden = hidden;
    }

    @GetMapping("/{businessKey}")
    @Operation(summary = "一个案件：流程、状态、谁在何时为何做了什么")
    Case show(@PathVariable String businessKey) {
        boolean prices = actor.isInAny(Groups.PRICE_READERS);
        if (!prices && !actor.isIn(Groups.WAREHOUSE, Groups.TECHNICAL, Groups.PURCHASING, Groups.PROCESS_OWNER)) {
            throw RefusedException.forbidden("您没有查看案件的权限。");
        }
        List<HistoricProcessInstance> instances = engine.asSystem(() -> historyService
                .createHistoricProcessInstanceQuery()
                .processInstanceBusinessKey(businessKey)
                .orderByProcessInstanceStartTime()
                .desc()
                .listPage(0, 1));
        List<Decision> taken = decisions.of(businessKey);
        if (instances.isEmpty() && taken.isEmpty()) {
            throw RefusedException.notFound("没有案件 " + businessKey + "。");
        }
        HistoricProcessInstance instance = instances.isEmpty() ? null : instances.get(0);
        boolean margins = actor.isInAny(Groups.COST_READERS);
        boolean contacts = prices || actor.isIn(Groups.WAREHOUSE);
        Map<String, String> names = new HashMap<>();
        Set<String> blind = hidden.among(Stream.concat(
                        Stream.of(businessKey),
                        taken.stream().flatMap(decision -> Stream.of(decision.caseNumber(), decision.documentNumber())))
                .collect(Collectors.toSet()));
        return new Case(
                businessKey,
                instance == null ? taken.get(0).process() : instance.getProcessDefinitionKey(),
                instance == null ? null : instance.getProcessDefinitionVersion(),
                state(instance),
                label(instance),
                instance == null ? null : instance.getStartTime().toInstant(),
                instance == null || instance.getEndTime() == null
                        ? null
                        : instance.getEndTime().toInstant(),
                taken.stream()
                        .map(decision -> entry(
                                decision,
                                names.computeIfAbsent(decision.actor(), directory::nameOf),
                                prices,
                                margins,
                                contacts,
                                !blind.isEmpty()))
                        .toList(),
                instance == null ? List.of() : tasks(businessKey));
    }

    private static Entry entry(
            Decision decision, String actorName, boolean prices, boolean margins, boolean contacts, boolean blind) {
        Map<String, Object> facts = new TreeMap<>(decision.facts());
        if (!margins) {
            facts.remove(MARGINS);
        }
        if (!contacts) {
            facts.keySet().removeAll(CONTACT_FACTS);
        }
        if (blind) {
            facts.clear();
        } else if (!prices) {
            facts.keySet().removeAll(PRICED_FACTS);
        }
        return new Entry(
                decision.at(),
                decision.caseNumber(),
                decision.process(),
                decision.processVersion(),
                decision.step(),
                decision.stepName(),
                decision.actor(),
                actorName,
                decision.onBehalfOf(),
                decision.choice(),
                blind ? null : decision.comment(),
                facts,
                blind ? true : null);
    }

    private List<OpenTask> tasks(String businessKey) {
        return engine.asSystem(() -> taskService
                .createTaskQuery()
                .or()
                .processInstanceBusinessKey(businessKey)
                .processVariableValueEquals(CaseVariables.DOCUMENT_NUMBER, businessKey)
                .endOr()
                .orderByTaskCreateTime()
                .asc()
                .list()
                .stream()
                .map(task -> new OpenTask(
                        task.getId(),
                        task.getTaskDefinitionKey(),
                        task.getName(),
                        task.getAssignee(),
                        task.getDueDate() == null ? null : task.getDueDate().toInstant()))
                .toList());
    }

    private static String state(HistoricProcessInstance instance) {
        if (instance == null) {
            return null;
        }
        return switch (instance.getState()) {
            case HistoricProcessInstance.STATE_ACTIVE -> "active";
            case HistoricProcessInstance.STATE_SUSPENDED -> "suspended";
            default -> "ended";
        };
    }

    private static String label(HistoricProcessInstance instance) {
        if (instance == null) {
            return null;
        }
        return switch (instance.getState()) {
            case HistoricProcessInstance.STATE_ACTIVE -> "办理中";
            case HistoricProcessInstance.STATE_SUSPENDED -> "已挂起";
            default -> "已结束";
        };
    }
}
