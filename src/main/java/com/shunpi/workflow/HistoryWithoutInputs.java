package com.shunpi.workflow;

import java.util.Set;
import org.camunda.bpm.engine.impl.history.event.HistoricFormPropertyEventEntity;
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

    private boolean isHandedIn(String name) {
        return inputs.contains(name) && !CaseVariables.CARD.contains(name);
    }
}
