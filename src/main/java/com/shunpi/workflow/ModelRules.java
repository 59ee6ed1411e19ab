package com.shunpi.workflow;

import java.io.ByteArrayInputStream;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.camunda.bpm.engine.delegate.ExecutionListener;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.camunda.bpm.engine.delegate.TaskListener;
import org.camunda.bpm.model.bpmn.Bpmn;
import org.camunda.bpm.model.bpmn.BpmnModelInstance;
import org.camunda.bpm.model.bpmn.instance.Activity;
import org.camunda.bpm.model.bpmn.instance.BaseElement;
import org.camunda.bpm.model.bpmn.instance.BusinessRuleTask;
import org.camunda.bpm.model.bpmn.instance.CallActivity;
import org.camunda.bpm.model.bpmn.instance.EndEvent;
import org.camunda.bpm.model.bpmn.instance.Error;
import org.camunda.bpm.model.bpmn.instance.Event;
import org.camunda.bpm.model.bpmn.instance.EventBasedGateway;
import org.camunda.bpm.model.bpmn.instance.EventDefinition;
import org.camunda.bpm.model.bpmn.instance.ExclusiveGateway;
import org.camunda.bpm.model.bpmn.instance.FlowElement;
import org.camunda.bpm.model.bpmn.instance.FlowNode;
import org.camunda.bpm.model.bpmn.instance.Gateway;
import org.camunda.bpm.model.bpmn.instance.InclusiveGateway;
import org.camunda.bpm.model.bpmn.instance.Message;
import org.camunda.bpm.model.bpmn.instance.MessageEventDefinition;
import org.camunda.bpm.model.bpmn.instance.ParallelGateway;
import org.camunda.bpm.model.bpmn.instance.Process;
import org.camunda.bpm.model.bpmn.instance.ReceiveTask;
import org.camunda.bpm.model.bpmn.instance.SequenceFlow;
import org.camunda.bpm.model.bpmn.instance.ServiceTask;
import org.camunda.bpm.model.bpmn.instance.StartEvent;
import org.camunda.bpm.model.bpmn.instance.SubProcess;
import org.camunda.bpm.model.bpmn.instance.TimerEventDefinition;
import org.camunda.bpm.model.bpmn.instance.UserTask;
import org.camunda.bpm.model.bpmn.instance.bpmndi.BpmnEdge;
import org.camunda.bpm.model.bpmn.instance.bpmndi.BpmnShape;
import org.camunda.bpm.model.bpmn.instance.camunda.CamundaConnector;
import org.camunda.bpm.model.bpmn.instance.camunda.CamundaExecutionListener;
import org.camunda.bpm.model.bpmn.instance.camunda.CamundaFormData;
import org.camunda.bpm.model.bpmn.instance.camunda.CamundaIn;
import org.camunda.bpm.model.bpmn.instance.camunda.CamundaProperty;
import org.camunda.bpm.model.bpmn.instance.camunda.CamundaScript;
import org.camunda.bpm.model.bpmn.instance.camunda.CamundaTaskListener;
import org.camunda.bpm.model.dmn.Dmn;
import org.camunda.bpm.model.dmn.DmnModelInstance;
import org.camunda.bpm.model.dmn.instance.Decision;
import org.camunda.bpm.model.xml.ModelException;
import org.camunda.bpm.model.xml.instance.ModelElementInstance;
import org.springframework.beans.factory.BeanFactory;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NamedNodeMap;
import org.w3c.dom.Node;
import org.xml.sax.SAXException;

/**
 * What a model must be like before it is deployed. A diagram is code that its owner edits: the rules keep it readable,
 * keep it to the beans that are meant for diagrams, and find what would otherwise fail in the middle of a case.
 */
class ModelRules {

    private static final Pattern HAN = Pattern.compile("\\p{IsHan}");
    private static final Pattern KEY = Pattern.compile("[a-z][a-z0-9]*(-[a-z0-9]+)*");
    private static final Pattern MEANING = Pattern.compile("[a-z][A-Za-z]*[0-9]?");
    private static final Pattern ANY_EXPRESSION = Pattern.compile("[$#]\\{[^}]*}?");
    private static final Pattern NAME_EXPRESSION = Pattern.compile("\\$\\{([a-z]\\w*)}");
    private static final Pattern DEADLINE_EXPRESSION =
            Pattern.compile("\\$\\{([a-z]\\w*Deadlines)\\.\\w+\\(((execution|task)?)\\)}");
    private static final Pattern OUTCOME = Pattern.compile("\\$\\{outcome == '[a-z][a-z0-9-]*'}");
    private static final Pattern FORM_KEY = Pattern.compile("embedded:deployment:(forms/.+\\.html)");
    private static final Pattern FORM_VARIABLE =
            Pattern.compile("cam-variable-name=\"([^\"]*)\"|createVariable\\(\\s*\\{\\s*name:\\s*['\"]([^'\"]*)['\"]");

    private static final Set<String> FORBIDDEN_ATTRIBUTES =
            Set.of("class", "expression", "formRef", "resource", "topic", "type");

    private static final List<Class<? extends FlowNode>> KNOWN_NODES = List.of(
            UserTask.class,
            ServiceTask.class,
            BusinessRuleTask.class,
            ReceiveTask.class,
            CallActivity.class,
            SubProcess.class,
            ExclusiveGateway.class,
            ParallelGateway.class,
            InclusiveGateway.class,
            EventBasedGateway.class,
            Event.class);

    private final BeanFactory beans;

    ModelRules(BeanFactory beans) {
        this.beans = beans;
    }

    /**
     * The model's faults, none when it may be deployed.
     *
     * @param all every process of the folder, for the calls from one to another
     */
    List<ModelFault> check(ProcessModel model, List<ProcessModel> all) {
        BpmnModelInstance diagram;
        Document document;
        try {
            document = ModelXml.parse(model.diagram());
            diagram = Bpmn.readModelFromStream(new ByteArrayInputStream(model.diagram()));
        } catch (ModelException | SAXException e) {
            return List.of(new ModelFault(model.diagramName(), null, null, "不是有效的 BPMN 文件：" + rootMessage(e)));
        }
        Set<String> keys = all.stream().map(ProcessModel::key).collect(Collectors.toSet());
        Inspection inspection = new Inspection(model, diagram, document, keys);
        inspection.process();
        inspection.elements();
        inspection.code();
        inspection.messages();
        inspection.drawing();
        inspection.tables();
        return inspection.faults;
    }

    private static String rootMessage(Throwable e) {
        Throwable cause = e;
        while (cause.getCause() != null) {
            cause = cause.getCause();
        }
        return cause.getMessage();
    }

    /** One pass over one model. */
    private final class Inspection {

        private final ProcessModel model;
        private final BpmnModelInstance diagram;
        private final Document document;
        private final Set<String> processKeys;
        private final List<ModelFault> faults = new ArrayList<>();

        private Inspection(ProcessModel model, BpmnModelInstance diagram, Document document, Set<String> processKeys) {
            this.model = model;
            this.diagram = diagram;
            this.document = document;
            this.processKeys = processKeys;
        }

        void process() {
            Collection<Process> processes = diagram.getModelElementsByType(Process.class);
            if (processes.size() != 1) {
                faults.add(
                        new ModelFault(model.diagramName(), null, null, "一个文件只能有一个流程，现有 " + processes.size() + " 个"));
            }
            for (Process process : processes) {
                expect(KEY.matcher(process.getId()).matches(), process, "流程标识应由小写字母、数字和连字符组成");
                expect(
                        process.getId().equals(model.key()),
                        process,
                        "流程标识应与文件名一致：" + model.key() + "，现为 " + process.getId());
                expect(process.isExecutable(), process, "流程没有标记为可执行");
                expect(isChinese(process.getName()), process, "流程没有中文名称");
                expect(isDocumented(process), process, "流程没有说明（documentation）");
                expect(isSet(process.getCamundaVersionTag()), process, "没有填写版本标签（versionTag）");
                expect(isSet(process.getCamundaHistoryTimeToLiveString()), process, "没有填写历史保留时间（historyTimeToLive）");
                expect(process.getCamundaCandidateStarterUsersList().isEmpty(), process, "不能指定个人为发起人，请改为部门（组）");
                knownGroups(process, process.getCamundaCandidateStarterGroupsList());
            }
        }

        void elements() {
            for (FlowElement element : diagram.getModelElementsByType(FlowElement.class)) {
                identifier(element);
            }
            diagram.getModelElementsByType(FlowNode.class).forEach(this::node);
            diagram.getModelElementsByType(UserTask.class).forEach(this::userTask);
            diagram.getModelElementsByType(StartEvent.class).forEach(this::startForm);
            diagram.getModelElementsByType(Gateway.class).forEach(this::gateway);
            diagram.getModelElementsByType(SequenceFlow.class).forEach(this::flow);
            diagram.getModelElementsByType(CallActivity.class).forEach(this::call);
            diagram.getModelElementsByType(TimerEventDefinition.class).forEach(this::timer);
            diagram.getModelElementsByType(ServiceTask.class)
                    .forEach(task -> delegate(task, task.getCamundaDelegateExpression(), JavaDelegate.class));
        }

        private void identifier(FlowElement element) {
            Set<String> prefixes = prefixes(element);
            if (prefixes.isEmpty()) {
                return;
            }
            int underscore = element.getId().indexOf('_');
            boolean good = underscore > 0
                    && prefixes.contains(element.getId().substring(0, underscore))
                    && MEANING.matcher(element.getId().substring(underscore + 1))
                            .matches();
            expect(
                    good,
                    element,
                    "标识应为 " + String.join(" 或 ", new TreeSet<>(prefixes)) + " 加下划线和英文含义（如 "
                            + prefixes.iterator().next() + "_reviewOrder），不能用自动生成的标识");
        }

        /** Empty for what has no convention: such an element is refused or invisible elsewhere. */
        private static Set<String> prefixes(FlowElement element) {
            if (element instanceof SequenceFlow) {
                return Set.of("flow");
            }
            if (element instanceof Gateway) {
                return Set.of("gateway");
            }
            if (element instanceof StartEvent) {
                return Set.of("startEvent");
            }
            if (element instanceof EndEvent) {
                return Set.of("endEvent");
            }
            if (element instanceof Event event) {
                return event.getChildElementsByType(EventDefinition.class).stream()
                        .map(definition ->
                                definition.getElementType().getTypeName().replace("EventDefinition", ""))
                        .collect(Collectors.toSet());
            }
            if (element instanceof SubProcess) {
                return Set.of("subProcess");
            }
            return element instanceof Activity ? Set.of(element.getElementType().getTypeName()) : Set.of();
        }

        private void node(FlowNode node) {
            expect(
                    KNOWN_NODES.stream().anyMatch(type -> type.isInstance(node)),
                    node,
                    "不支持这种元素：" + node.getElementType().getTypeName());
            boolean joins = node instanceof Gateway && node.getOutgoing().size() < 2;
            expect(joins || isChinese(node.getName()), node, "没有中文名称");
        }

        private void userTask(UserTask task) {
            expect(isDocumented(task), task, "任务没有说明（documentation）");
            expect(
                    !isSet(task.getCamundaAssignee())
                            && task.getCamundaCandidateUsersList().isEmpty(),
                    task,
                    "任务不能指派给个人，请指定部门（candidateGroups）");
            expect(!task.getCamundaCandidateGroupsList().isEmpty(), task, "没有指定办理部门（candidateGroups）");
            candidates(task);
            expect(isSet(task.getCamundaFormKey()), task, "没有表单（formKey）");
            form(task, task.getCamundaFormKey());
            boolean recordedLater = task.isCamundaAsyncAfter()
                    || task.getSucceedingNodes().list().stream().anyMatch(FlowNode::isCamundaAsyncBefore);
            expect(!recordedLater, task, "任务之后不能设置异步，否则记录决定时已不知道办理人");
        }

        /** Groups by name; or one per instance, out of those that the property {@code groups} lists, which gives the rights. */
        private void candidates(UserTask task) {
            Set<String> possible = words(task, AuthorizationSeed.GROUPS);
            boolean computed = task.getCamundaCandidateGroupsList().stream()
                    .anyMatch(group -> ANY_EXPRESSION.matcher(group).find());
            if (computed) {
                expect(!possible.isEmpty(), task, "办理部门由程序确定时，须在扩展属性 groups 中列出可能的部门");
                expect(task.getCamundaCandidateGroupsList().size() == 1, task, "办理部门由程序确定时，不能再写别的部门");
                knownGroups(task, possible);
            } else {
                expect(possible.isEmpty(), task, "扩展属性 groups 只用于由程序确定办理部门的任务");
                knownGroups(task, task.getCamundaCandidateGroupsList());
            }
        }

        private void startForm(StartEvent start) {
            if (isSet(start.getCamundaFormKey())) {
                form(start, start.getCamundaFormKey());
            } else {
                expect(inputs(start).isEmpty(), start, "没有表单却声明了输入变量（inputs）");
            }
        }

        /** The form is there, and what it hands in is what the diagram allows. */
        private void form(BaseElement element, String formKey) {
            if (!isSet(formKey)) {
                return;
            }
            Matcher matcher = FORM_KEY.matcher(formKey);
            if (!matcher.matches() || !matcher.group(1).startsWith("forms/" + model.key() + "/")) {
                fault(element, "表单应写作 embedded:deployment:forms/" + model.key() + "/….html，现为 " + formKey);
                return;
            }
            String file = matcher.group(1);
            if (!model.has(file)) {
                fault(element, "找不到表单文件 " + file);
                return;
            }
            Set<String> written = new TreeSet<>();
            Matcher variables = FORM_VARIABLE.matcher(model.text(file));
            while (variables.find()) {
                written.add(variables.group(1) != null ? variables.group(1) : variables.group(2));
            }
            Set<String> declared = inputs(element);
            expect(
                    written.equals(declared),
                    element,
                    "表单 " + file + " 提交的变量 " + written + " 与流程图声明的输入（inputs）" + declared + " 不一致");
        }

        private static Set<String> inputs(BaseElement element) {
            return words(element, TaskGuards.INPUTS);
        }

        /** The words of an extension property of the element. */
        private static Set<String> words(BaseElement element, String property) {
            return extensions(element, CamundaProperty.class).stream()
                    .filter(extension -> property.equals(extension.getCamundaName()))
                    .flatMap(extension -> Pattern.compile("\\s+").splitAsStream(extension.getCamundaValue()))
                    .filter(name -> !name.isEmpty())
                    .collect(Collectors.toCollection(TreeSet::new));
        }

        private void gateway(Gateway gateway) {
            if (gateway instanceof ExclusiveGateway exclusive
                    && gateway.getOutgoing().size() > 1) {
                expect(isQuestion(gateway.getName()), gateway, "网关名称应是一个问题，以问号结尾");
                expect(exclusive.getDefault() != null, gateway, "没有默认路径：条件都不成立时流程会出错");
            }
        }

        private void flow(SequenceFlow flow) {
            FlowNode source = flow.getSource();
            boolean isDefault = source instanceof ExclusiveGateway exclusive && flow.equals(exclusive.getDefault());
            boolean splits =
                    source instanceof ExclusiveGateway && source.getOutgoing().size() > 1;
            String condition = flow.getConditionExpression() == null
                    ? null
                    : flow.getConditionExpression().getTextContent().strip();
            if (splits) {
                expect(isChinese(flow.getName()), flow, "网关的出口没有中文名称");
                expect(isDefault || condition != null, flow, "网关的出口既没有条件，也不是默认路径");
                expect(!isDefault || condition == null, flow, "默认路径不能再有条件");
            } else {
                expect(condition == null, flow, "条件只能放在网关的出口上");
            }
            expect(
                    condition == null || OUTCOME.matcher(condition).matches(),
                    flow,
                    "条件只能读取 outcome，如 ${outcome == 'approve'}，现为 " + condition);
        }

        private void call(CallActivity call) {
            expect(processKeys.contains(call.getCalledElement()), call, "调用的流程不存在：" + call.getCalledElement());
            boolean passesNumber =
                    extensions(call, CamundaIn.class).stream().anyMatch(in -> isSet(in.getCamundaBusinessKey()));
            expect(passesNumber, call, "调用流程时没有传递单号（camunda:in businessKey）");
        }

        private void timer(TimerEventDefinition timer) {
            boolean fromBean = Stream.of(timer.getTimeDate(), timer.getTimeDuration(), timer.getTimeCycle())
                    .filter(Objects::nonNull)
                    .map(time -> time.getTextContent().strip())
                    .allMatch(time -> DEADLINE_EXPRESSION.matcher(time).matches());
            expect(fromBean, owner(timer), "期限不能写死在图里，应取自配置，如 ${orderDeadlines.replyBy(execution)}");
        }

        /** Nothing in a diagram runs but beans that are made for diagrams. */
        void code() {
            for (Class<? extends ModelElementInstance> forbidden :
                    List.of(CamundaScript.class, CamundaConnector.class, CamundaFormData.class)) {
                diagram.getModelElementsByType(forbidden)
                        .forEach(element -> fault(
                                owner(element),
                                "不允许脚本、连接器和内置表单字段：" + element.getElementType().getTypeName()));
            }
            diagram.getModelElementsByType(CamundaTaskListener.class)
                    .forEach(listener ->
                            delegate(owner(listener), listener.getCamundaDelegateExpression(), TaskListener.class));
            diagram.getModelElementsByType(CamundaExecutionListener.class)
                    .forEach(listener -> delegate(
                            owner(listener), listener.getCamundaDelegateExpression(), ExecutionListener.class));
            ModelXml.elements(document, "*").forEach(this::plain);
        }

        private void delegate(BaseElement element, String expression, Class<?> type) {
            Matcher matcher = NAME_EXPRESSION.matcher(expression == null ? "" : expression);
            if (!matcher.matches()) {
                fault(element, "应使用 delegateExpression，如 ${reserveStock}");
            } else {
                expect(
                        beans.containsBean(matcher.group(1)) && beans.isTypeMatch(matcher.group(1), type),
                        element,
                        "程序中没有这个处理步骤：" + expression);
            }
        }

        /** The model API knows no attribute that it was not asked for; an expression may stand in each. */
        private void plain(Element xml) {
            NamedNodeMap attributes = xml.getAttributes();
            for (int i = 0; i < attributes.getLength(); i++) {
                Node attribute = attributes.item(i);
                expressions(xml, attribute.getNodeValue());
                if (ModelXml.CAMUNDA.equals(attribute.getNamespaceURI())
                        && FORBIDDEN_ATTRIBUTES.contains(attribute.getLocalName())) {
                    fault(xml, "不允许使用 camunda:" + attribute.getLocalName());
                }
            }
            for (Node child = xml.getFirstChild(); child != null; child = child.getNextSibling()) {
                if (child.getNodeType() == Node.TEXT_NODE || child.getNodeType() == Node.CDATA_SECTION_NODE) {
                    expressions(xml, child.getNodeValue());
                }
            }
        }

        private void expressions(Element xml, String text) {
            Matcher expression = ANY_EXPRESSION.matcher(text);
            while (expression.find()) {
                Matcher deadline = DEADLINE_EXPRESSION.matcher(expression.group());
                boolean good = NAME_EXPRESSION.matcher(expression.group()).matches()
                        || OUTCOME.matcher(expression.group()).matches()
                        || deadline.matches() && beans.containsBean(deadline.group(1));
                if (!good) {
                    fault(xml, "不允许的表达式：" + expression.group());
                }
            }
        }

        void messages() {
            Set<String> names = new HashSet<>();
            for (Message message : diagram.getModelElementsByType(Message.class)) {
                expect(isSet(message.getName()), message, "消息没有名称");
                expect(names.add("message " + message.getName()), message, "消息名称重复：" + message.getName());
            }
            for (Error error : diagram.getModelElementsByType(Error.class)) {
                expect(isSet(error.getErrorCode()), error, "错误没有代码（errorCode）");
                expect(names.add("error " + error.getErrorCode()), error, "错误代码重复：" + error.getErrorCode());
            }
            diagram.getModelElementsByType(ReceiveTask.class)
                    .forEach(task -> expect(task.getMessage() != null, task, "没有指定等待的消息"));
            diagram.getModelElementsByType(MessageEventDefinition.class)
                    .forEach(event -> expect(event.getMessage() != null, owner(event), "没有指定消息"));
        }

        void drawing() {
            Set<String> drawn = new HashSet<>();
            diagram.getModelElementsByType(BpmnShape.class).stream()
                    .map(BpmnShape::getBpmnElement)
                    .filter(Objects::nonNull)
                    .forEach(element -> drawn.add(element.getId()));
            diagram.getModelElementsByType(BpmnEdge.class).stream()
                    .map(BpmnEdge::getBpmnElement)
                    .filter(Objects::nonNull)
                    .forEach(element -> drawn.add(element.getId()));
            for (FlowElement element : diagram.getModelElementsByType(FlowElement.class)) {
                boolean visible = element instanceof FlowNode || element instanceof SequenceFlow;
                expect(!visible || drawn.contains(element.getId()), element, "图上没有画出这个元素");
            }
        }

        void tables() {
            Set<String> decisions = new HashSet<>();
            for (String file : model.files().keySet()) {
                if (file.endsWith(".dmn")) {
                    decisions.addAll(table(file));
                }
            }
            for (BusinessRuleTask task : diagram.getModelElementsByType(BusinessRuleTask.class)) {
                expect(
                        decisions.contains(task.getCamundaDecisionRef()),
                        task,
                        "找不到决策表：" + task.getCamundaDecisionRef());
            }
            diagram.getModelElementsByType(ServiceTask.class)
                    .forEach(task -> words(task, DecisionTables.DECISIONS)
                            .forEach(table -> expect(decisions.contains(table), task, "找不到决策表：" + table)));
        }

        private Set<String> table(String file) {
            try {
                DmnModelInstance table = Dmn.readModelFromStream(
                        new ByteArrayInputStream(model.files().get(file)));
                for (Element element :
                        ModelXml.elements(ModelXml.parse(model.files().get(file)), "*")) {
                    String language = element.getAttribute("expressionLanguage");
                    if (!language.isEmpty()
                            && !language.toLowerCase(Locale.ROOT).contains("feel")) {
                        faults.add(new ModelFault(
                                file, element.getAttribute("id"), null, "决策表只能使用 FEEL 表达式，现为 " + language));
                    }
                }
                List<DecisionTableContract> contracts = beans.getBeanProvider(DecisionTableContract.class).stream()
                        .toList();
                table.getModelElementsByType(Decision.class)
                        .forEach(decision -> faults.addAll(DecisionTableRules.check(file, decision, contracts)));
                return table.getModelElementsByType(Decision.class).stream()
                        .map(Decision::getId)
                        .collect(Collectors.toSet());
            } catch (ModelException | SAXException e) {
                faults.add(new ModelFault(file, null, null, "不是有效的 DMN 文件：" + rootMessage(e)));
                return Set.of();
            }
        }

        private void knownGroups(BaseElement element, Collection<String> groups) {
            for (String group : groups) {
                expect(IdentitySeed.groups().contains(group), element, "没有这个部门（组）：" + group);
            }
        }

        private void expect(boolean good, BaseElement element, String message) {
            if (!good) {
                fault(element, message);
            }
        }

        private void fault(BaseElement element, String message) {
            faults.add(
                    new ModelFault(model.diagramName(), element.getId(), element.getAttributeValue("name"), message));
        }

        /** Names the nearest element that a person sees. */
        private void fault(Element xml, String message) {
            Element visible = xml;
            while (!visible.hasAttribute("id") && visible.getParentNode() instanceof Element parent) {
                visible = parent;
            }
            String label = visible.getAttribute("name");
            faults.add(new ModelFault(
                    model.diagramName(), visible.getAttribute("id"), label.isEmpty() ? null : label, message));
        }
    }

    private static boolean isSet(String value) {
        return value != null && !value.isBlank();
    }

    static boolean isChinese(String label) {
        return label != null && HAN.matcher(label).find();
    }

    private static boolean isQuestion(String label) {
        return label != null && (label.endsWith("？") || label.endsWith("?"));
    }

    private static boolean isDocumented(BaseElement element) {
        return element.getDocumentations().stream().anyMatch(text -> isSet(text.getTextContent()));
    }

    /** The task, event, flow or process that something belongs to. */
    private static BaseElement owner(ModelElementInstance element) {
        ModelElementInstance owner = element;
        while (!(owner instanceof FlowElement) && !(owner instanceof Process)) {
            owner = owner.getParentElement();
        }
        return (BaseElement) owner;
    }

    private static <T extends ModelElementInstance> List<T> extensions(BaseElement element, Class<T> type) {
        return element.getModelInstance().getModelElementsByType(type).stream()
                .filter(extension -> owner(extension).equals(element))
                .toList();
    }
}
