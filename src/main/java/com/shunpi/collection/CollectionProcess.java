package com.shunpi.collection;

import com.shunpi.workflow.CaseVariables;
import com.shunpi.workflow.EngineAccess;
import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import org.camunda.bpm.engine.RuntimeService;
import org.camunda.bpm.engine.runtime.ProcessInstance;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/**
 * The process {@code collection} as the rest of the module sees it: the only place that knows its names. The engine hears of
 * a case right before the transaction commits, and of each thing once, however often it came up: what happened while a task
 * of the very case was being completed finds that task gone, and not half done.
 */
@Component
class CollectionProcess {

    static final String KEY = "collection";

    private static final String STEP_CHANGED = "collectionStepChanged";
    private static final String CLOSED = "collectionClosed";
    private static final String DISPUTED = "collectionDisputed";
    private static final String DISPUTES_SETTLED = "collectionDisputesSettled";
    private static final String WRITE_OFF_PROPOSED = "collectionWriteOffProposed";
    private static final int NORMAL = 50;
    private static final int HIGH = 70;

    private final RuntimeService runtimeService;
    private final EngineAccess engine;

    CollectionProcess(RuntimeService runtimeService, EngineAccess engine) {
        this.runtimeService = runtimeService;
        this.engine = engine;
    }

    /** Starts a case; the business key is its number. */
    void start(CollectionCase started, String customerName, BigDecimal amount) {
        engine.asSystem(() -> runtimeService.startProcessInstanceByKey(
                KEY,
                started.caseNumber(),
                CaseVariables.card(
                        started.caseNumber(),
                        customerName,
                        amount,
                        started.isHold(),
                        started.isHold() ? HIGH : NORMAL)));
    }

    /** Somebody else is to act, or nobody any more. */
    void stepChanged(String caseNumber) {
        later(caseNumber).messages.add(STEP_CHANGED);
    }

    /** @param outcome how it ended, for the diagram's last gateway */
    void closed(String caseNumber, String outcome) {
        later(caseNumber).closed = outcome;
    }

    void disputed(String caseNumber) {
        later(caseNumber).messages.add(DISPUTED);
    }

    void disputesSettled(String caseNumber) {
        later(caseNumber).messages.add(DISPUTES_SETTLED);
    }

    void writeOffProposed(String caseNumber) {
        later(caseNumber).messages.add(WRITE_OFF_PROPOSED);
    }

    /** What the card shows of a case, CNY. */
    void shows(CollectionCase changed, BigDecimal amount) {
        News news = later(changed.caseNumber());
        news.amount = amount.toPlainString();
        news.pressing = changed.isHold();
    }

    /** What the engine is to hear of a case. */
    private static final class News {
        private final Set<String> messages = new LinkedHashSet<>();
        private String closed;
        private String amount;
        private boolean pressing;
    }

    private News later(String caseNumber) {
        @SuppressWarnings("unchecked")
        Map<String, News> waiting = (Map<String, News>) TransactionSynchronizationManager.getResource(this);
        if (waiting == null) {
            waiting = new LinkedHashMap<>();
            TransactionSynchronizationManager.bindResource(this, waiting);
            TransactionSynchronizationManager.registerSynchronization(new BeforeCommit(waiting));
        }
        return waiting.computeIfAbsent(caseNumber, any -> new News());
    }

    private final class BeforeCommit implements TransactionSynchronization {

        private final Map<String, News> waiting;

        private BeforeCommit(Map<String, News> waiting) {
            this.waiting = waiting;
        }

        @Override
        public void beforeCommit(boolean readOnly) {
            waiting.forEach(CollectionProcess.this::tell);
        }

        @Override
        public void suspend() {
            TransactionSynchronizationManager.unbindResource(CollectionProcess.this);
        }

        @Override
        public void resume() {
            TransactionSynchronizationManager.bindResource(CollectionProcess.this, waiting);
        }

        @Override
        public void beforeCompletion() {
            TransactionSynchronizationManager.unbindResource(CollectionProcess.this);
        }
    }

    private void tell(String caseNumber, News news) {
        engine.asSystem(() -> {
            if (news.closed != null) {
                runtimeService
                        .createMessageCorrelation(CLOSED)
                        .processInstanceBusinessKey(caseNumber)
                        .setVariable(CaseVariables.OUTCOME, CaseVariables.outcome(news.closed))
                        .correlateAll();
                return;
            }
            if (news.amount != null) {
                show(caseNumber, news);
            }
            for (String message : news.messages) {
                runtimeService
                        .createMessageCorrelation(message)
                        .processInstanceBusinessKey(caseNumber)
                        .correlateAll();
            }
        });
    }

    private void show(String caseNumber, News news) {
        ProcessInstance instance = runtimeService
                .createProcessInstanceQuery()
                .processInstanceBusinessKey(caseNumber, KEY)
                .singleResult();
        if (instance != null) {
            runtimeService.setVariables(
                    instance.getId(),
                    Map.of(
                            CaseVariables.AMOUNT, news.amount,
                            CaseVariables.URGENT, news.pressing,
                            CaseVariables.PRIORITY, news.pressing ? HIGH : NORMAL));
        }
    }
}
