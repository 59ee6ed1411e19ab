package com.shunpi.workflow;

import java.util.List;

/** What a model must be like before it is deployed. */
class ModelRules {

    /** The model's faults, none when it may be deployed. */
    List<ModelFault> check(ProcessModel model, List<ProcessModel> all) {
        return List.of();
    }
}
