package com.shunpi.workflow;

import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.context.annotation.Profile;
import org.springframework.stereotype.Component;

/** Keeps the demo accounts, whose password everybody knows, out of production, whatever the environment says. */
@Component
@Profile("production")
@ConditionalOnBooleanProperty("shunpi.demo")
class NoDemoInProduction {

    NoDemoInProduction() {
        throw new IllegalStateException("生产环境不能加载演示数据：请去掉 shunpi.demo（环境变量 SHUNPI_DEMO）。");
    }
}
