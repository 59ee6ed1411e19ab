package com.shunpi.workflow;

import java.util.Set;
import org.camunda.bpm.engine.impl.history.event.HistoricFormPropertyEventEntity;
import org.camunda.bpm.engine.impl.history.event.HistoricScopeInstanceEvent;
import org.camunda.bpm.engine.impl.history.event.HistoricVariableUpdateEventEntity;
import org.camunda.bpm.engine.impl.history.event.HistoryEvent;
import org.camunda.bpm.engine.impl.history.handler.DbHistoryEventHandler;

/**
 * The engine's history, without what people hand in with their tasks: prices, addresses and accounts would stand there for
 * everybody who may read the history of a process (A5). The decision record keeps all of it, and shows it by role.
 */
final class HistoryWithoutInputs extends DbHistoryEventHandler {

    private final Set<String> inputs;

    /** @param inputs names of variables that some task or start form takes; filled as diagrams are read */
    HistoryWithoutInputs(Set<String> inputs) {
        this.inputs = inputs;
    }

    @Override
    public void handleEvent(HistoryEvent event) {
        boolean handedIn = event instanceof HistoricVariableUpdateEventEntity variable
                        && isHandedIn(variable.getVariableName())
                || event instanceof HistoricFormPropertyEventEntity property && isHandedIn(property.getPropertyId());
        if (!handedIn) {
            super.handleEvent(event);
        }
    }

    /** What says itself when it began need not be read to say how long it took. */
    @Override
    protected void insertOrUpdate(HistoryEvent event) {
        boolean knowsItsStart = event instanceof HistoricScopeInstanceEvent scope && scope.getStartTime() != null;
        if (knowsItsStart
                && !isInitialEvent(event)
                && getDbEntityManager().getCachedEntity(event.getClass(), event.getId()) == null) {
            getDbEntityManager().merge(event);
        } else {
            super.insertOrUpdate(event);
        }
    }

    private boolean isHandedIn(String name) {
        return inputs.contains(name) && !CaseVariables.CARD.contains(name);
    }
}
